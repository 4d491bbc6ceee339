import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { TemplateKind, TemplateText } from '../../domain/mail-template.ts';

type DefaultTexts = Readonly<Record<TemplateKind, TemplateText>>;

const en: DefaultTexts = {
  invitation: {
    subject: 'You will be asked to vote: {title}',
    body: `Hello {name},

{organiser} will ask you to vote:

# {title}

# When
Opens: {opens}
Closes: {closes}

There is nothing to do now. Before voting opens you will get an e-mail with your personal link.`,
  },
  link: {
    subject: 'Your voting link: {title}',
    body: `Hello {name},

{organiser} invites you to vote:

# {title}

# When
Opens: {opens}
Closes: {closes}

# 1. Open your personal link
{link}

# 2. Check your choice, then type this code
{code}`,
  },
  'link-alone': {
    subject: 'Your voting link: {title}',
    body: `Hello {name},

{organiser} invites you to vote:

# {title}

# When
Opens: {opens}
Closes: {closes}

# Open your personal link
{link}`,
  },
  code: {
    subject: 'Your voting code: {title}',
    body: `Hello {name},

{organiser} invites you to vote:

# {title}

Your personal link comes in an e-mail of its own. You will be asked for this code on its last page.

# Your code
{code}`,
  },
  reminder: {
    subject: 'Voting ends soon: {title}',
    body: `Hello {name},

{organiser} reminds you of a vote that is still open:

# {title}

Closes: {closes}

# Open your personal link
{link}`,
  },
  result: {
    subject: 'Results: {title}',
    body: `Hello {name},

{organiser} has published the results of this vote:

# {title}

{result}`,
  },
};

const fr: DefaultTexts = {
  invitation: {
    subject: 'Vous serez invité à voter : {title}',
    body: `Bonjour {name},

{organiser} vous invitera à voter :

# {title}

# Quand
Ouverture : {opens}
Clôture : {closes}

Il n’y a rien à faire pour l’instant. Avant l’ouverture du vote, vous recevrez un message avec votre lien personnel.`,
  },
  link: {
    subject: 'Votre lien de vote : {title}',
    body: `Bonjour {name},

{organiser} vous invite à voter :

# {title}

# Quand
Ouverture : {opens}
Clôture : {closes}

# 1. Ouvrez votre lien personnel
{link}

# 2. Vérifiez votre choix, puis saisissez ce code
{code}`,
  },
  'link-alone': {
    subject: 'Votre lien de vote : {title}',
    body: `Bonjour {name},

{organiser} vous invite à voter :

# {title}

# Quand
Ouverture : {opens}
Clôture : {closes}

# Ouvrez votre lien personnel
{link}`,
  },
  code: {
    subject: 'Votre code de vote : {title}',
    body: `Bonjour {name},

{organiser} vous invite à voter :

# {title}

Votre lien personnel arrive dans un autre message. Ce code vous sera demandé à sa dernière page.

# Votre code
{code}`,
  },
  reminder: {
    subject: 'Le vote se termine bientôt : {title}',
    body: `Bonjour {name},

{organiser} vous rappelle un vote encore ouvert :

# {title}

Clôture : {closes}

# Ouvrez votre lien personnel
{link}`,
  },
  result: {
    subject: 'Résultats : {title}',
    body: `Bonjour {name},

{organiser} a publié les résultats de ce vote :

# {title}

{result}`,
  },
};

/** What e-mails say where no admin wrote another text. */
export const defaultTexts: Readonly<Record<Language, DefaultTexts>> = { en, fr: withFrenchSpaces(fr) };
