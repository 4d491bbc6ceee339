import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Configuration',
  lead: 'It holds for every election on this server, at once. Elections that exist already keep what was filled in.',
  saved: (section: string) => `Saved and in force: ${section}.`,
  sections: { association: 'Association', voters: 'Voters', mail: 'E-mail', window: 'Current election' },
  emptyMeans: (value: string) => `Empty: ${value}.`,
  organisation: 'Name of your organisation',
  organisationHint: (usual: string) =>
    `On the front page, and the organiser proposed for new elections. Empty: ${usual}.`,
  logo: 'Logo',
  logoHint: 'PNG, JPEG, WebP or GIF, at most 5 MB.',
  logoPresent: 'Present logo',
  removeLogo: 'Remove the logo',
  offered: 'Languages that readers may choose',
  offeredHint: 'At least one.',
  language: 'Language of new elections',
  timeZone: 'Time zone',
  timeZoneHint: 'Of new elections and of the quiet hours. A name of the IANA list, such as Europe/Paris.',
  publicUrl: 'Public address',
  publicUrlHint: (usual: string) =>
    `What every link begins with. Empty: ${usual}. A change between http and https signs everybody out.`,
  twoPersonApproval: 'Two people decide',
  twoPersonApprovalHint:
    'A second admin must approve arming, counting, extending, resetting, and changes of the roll while people vote.',
  saveAssociation: 'Save the association',
  domains: 'Allowed e-mail domains',
  domainsHint: 'One a line, such as example.org; subdomains on lines of their own. Empty: any domain.',
  promotions: 'Promotions',
  promotionsHint: 'Classes, years or groups, one a line. Spelling is taken from here.',
  toBuildings: 'Buildings',
  saveVoters: 'Save for voters',
  serverHeading: 'Mail server',
  smtpHost: 'Server',
  smtpHostHint: (usual: string | undefined) =>
    usual === undefined
      ? 'Empty: e-mails are not sent; they stay in the mailbox of this server.'
      : `Empty: ${usual}, with the port, user and password of the environment.`,
  smtpPort: 'Port',
  smtpTls: 'Encryption',
  tlsModes: {
    starttls: 'STARTTLS (usual, port 587)',
    implicit: 'TLS from the start (port 465)',
    none: 'None (on this machine only)',
  },
  smtpVerifyCertificate: 'Check the server’s certificate',
  smtpVerifyCertificateHint: 'Without, somebody in between can read every voting link.',
  smtpUser: 'User',
  smtpUserHint: 'Empty: the server wants no sign-in.',
  smtpPassword: 'Password',
  smtpPasswordSet: 'One is kept, encrypted. Empty: it stays.',
  smtpPasswordUnset: 'None is kept. It is stored encrypted and never shown.',
  forgetSmtpPassword: 'Forget the password',
  senderHeading: 'Sender',
  mailFrom: 'Address that e-mails come from',
  mailReplyTo: 'Address for answers',
  mailReplyToHint: (usual: string | undefined) =>
    usual === undefined ? 'Empty: answers go to the contact of the election.' : `Empty: ${usual}.`,
  paceHeading: 'Pace',
  mailPerMinute: 'E-mails in a minute, at most',
  mailPerMinuteHint: (usual: number | undefined) =>
    usual === undefined ? 'Empty: as fast as the mail server takes them.' : `Empty: ${usual}.`,
  quietFrom: 'No e-mail from',
  quietUntil: 'No e-mail until',
  quietHint: (usual: string | undefined) =>
    usual === undefined
      ? 'Such as 22:00 and 07:00. Empty: at any hour.'
      : `Such as 22:00 and 07:00. Empty: ${usual}. The same time twice: at any hour.`,
  saveMail: 'Save the e-mail settings',
  noElection: 'There is no election yet.',
  toNewElection: 'Make one',
  opensAt: 'Voting opens',
  opensAtHint: (zone: string) => `In the time zone ${zone}. Empty: as soon as the key is proven.`,
  closesAt: 'Voting closes',
  unset: 'As soon as the key is proven',
  toExtend: 'Move the closing time on the dashboard',
  toElection: 'All settings of this election',
  saveWindow: 'Save the voting window',
  languages: { en: 'English', fr: 'French' },
};

const fr: typeof en = {
  title: 'Configuration',
  lead: 'Elle vaut pour tous les scrutins de ce serveur, aussitôt. Les scrutins existants gardent ce qui a été saisi.',
  saved: (section) => `Enregistré et en vigueur : ${section}.`,
  sections: {
    association: 'Association',
    voters: 'Électeurs',
    mail: 'E-mails',
    window: 'Scrutin actuel',
  },
  emptyMeans: (value) => `Vide : ${value}.`,
  organisation: 'Nom de votre organisation',
  organisationHint: (usual) =>
    `En page d’accueil, et organisateur proposé pour les nouveaux scrutins. Vide : ${usual}.`,
  logo: 'Logo',
  logoHint: 'PNG, JPEG, WebP ou GIF, 5 Mo au plus.',
  logoPresent: 'Logo actuel',
  removeLogo: 'Retirer le logo',
  offered: 'Langues que les lecteurs peuvent choisir',
  offeredHint: 'Au moins une.',
  language: 'Langue des nouveaux scrutins',
  timeZone: 'Fuseau horaire',
  timeZoneHint: 'Des nouveaux scrutins et des heures calmes. Un nom de la liste IANA, comme Europe/Paris.',
  publicUrl: 'Adresse publique',
  publicUrlHint: (usual) =>
    `Ce par quoi commence chaque lien. Vide : ${usual}. Passer de http à https, ou l’inverse, déconnecte tout le monde.`,
  twoPersonApproval: 'Décider à deux',
  twoPersonApprovalHint:
    'Un second administrateur doit approuver l’armement, le dépouillement, la prolongation, la remise à zéro et tout changement de la liste pendant le vote.',
  saveAssociation: 'Enregistrer l’association',
  domains: 'Domaines e-mail acceptés',
  domainsHint: 'Un par ligne, comme example.org ; les sous-domaines sur leur propre ligne. Vide : tous.',
  promotions: 'Promotions',
  promotionsHint: 'Classes, années ou groupes, un par ligne. L’orthographe est reprise d’ici.',
  toBuildings: 'Bâtiments',
  saveVoters: 'Enregistrer pour les électeurs',
  serverHeading: 'Serveur de courriel',
  smtpHost: 'Serveur',
  smtpHostHint: (usual) =>
    usual === undefined
      ? 'Vide : les e-mails ne partent pas ; ils restent dans la boîte de ce serveur.'
      : `Vide : ${usual}, avec le port, l’utilisateur et le mot de passe de l’environnement.`,
  smtpPort: 'Port',
  smtpTls: 'Chiffrement',
  tlsModes: {
    starttls: 'STARTTLS (usuel, port 587)',
    implicit: 'TLS dès le début (port 465)',
    none: 'Aucun (sur cette machine seulement)',
  },
  smtpVerifyCertificate: 'Vérifier le certificat du serveur',
  smtpVerifyCertificateHint: 'Sans cela, quelqu’un sur le chemin peut lire chaque lien de vote.',
  smtpUser: 'Utilisateur',
  smtpUserHint: 'Vide : le serveur ne demande pas de connexion.',
  smtpPassword: 'Mot de passe',
  smtpPasswordSet: 'Un mot de passe est gardé, chiffré. Vide : il reste.',
  smtpPasswordUnset: 'Aucun n’est gardé. Il est conservé chiffré et jamais montré.',
  forgetSmtpPassword: 'Oublier le mot de passe',
  senderHeading: 'Expéditeur',
  mailFrom: 'Adresse d’expédition',
  mailReplyTo: 'Adresse pour les réponses',
  mailReplyToHint: (usual) =>
    usual === undefined ? 'Vide : les réponses vont au contact du scrutin.' : `Vide : ${usual}.`,
  paceHeading: 'Rythme',
  mailPerMinute: 'E-mails par minute, au plus',
  mailPerMinuteHint: (usual) =>
    usual === undefined ? 'Vide : aussi vite que le serveur de courriel les prend.' : `Vide : ${usual}.`,
  quietFrom: 'Aucun e-mail à partir de',
  quietUntil: 'Aucun e-mail jusqu’à',
  quietHint: (usual) =>
    usual === undefined
      ? 'Par exemple 22:00 et 07:00. Vide : à toute heure.'
      : `Par exemple 22:00 et 07:00. Vide : ${usual}. Deux fois la même heure : à toute heure.`,
  saveMail: 'Enregistrer les réglages d’e-mail',
  noElection: 'Il n’y a pas encore de scrutin.',
  toNewElection: 'En créer un',
  opensAt: 'Ouverture du vote',
  opensAtHint: (zone) => `Dans le fuseau ${zone}. Vide : dès que la clé est prouvée.`,
  closesAt: 'Clôture du vote',
  unset: 'Dès que la clé est prouvée',
  toExtend: 'Reporter la clôture sur le tableau de bord',
  toElection: 'Tous les réglages de ce scrutin',
  saveWindow: 'Enregistrer les heures de vote',
  languages: { en: 'Anglais', fr: 'Français' },
};

export const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };
