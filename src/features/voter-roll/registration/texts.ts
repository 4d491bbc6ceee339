import type { Language } from '../../../domain/election.ts';
import { withFrenchSpaces } from '../../../domain/french-spaces.ts';

const en = {
  registerTitle: 'Register to vote',
  registerLead: (title: string) => `Ask to be put on the roll of “${title}”.`,
  domains: (list: string) => `Your address must be of: ${list}.`,
  lastName: 'Last name',
  firstName: 'First name',
  email: 'E-mail',
  emailHint: 'A mail to this address asks you to confirm; the voting link comes to it later.',
  promotion: 'Promotion',
  building: 'Building',
  none: 'none',
  send: 'Send',
  closedTitle: 'Registration is not open',
  closed: (contact: string) => `Nobody can register themselves for this election now. Write to ${contact}.`,
  sentTitle: 'Look into your mailbox',
  registerSent: (email: string) =>
    `If ${email} can be registered, a mail is on its way to it. Open it within two days and confirm. If none comes, look among unwanted mail, and wait 15 minutes before you try again.`,
  askTitle: 'Am I on the roll?',
  askLead: (title: string) =>
    `Ask whether your address is on the roll of “${title}”. Only the mailbox gets the answer, so nobody else can find out.`,
  askEmail: 'Your e-mail address',
  askSent: (email: string) =>
    `If ${email} is on the roll, a mail says so. If none comes, look among unwanted mail, and wait 15 minutes before you ask again.`,
  askEnded: 'The roll of this election can no longer change: questions go to the organiser.',
  noScript: (contact: string) =>
    `This form needs JavaScript, which does a little work against robots. Without it, write to ${contact}.`,
  working: 'One moment: your browser is proving that it is no robot.',
  failed: (contact: string) => `Your browser could not do the check against robots. Write to ${contact}.`,
  confirmTitle: 'Confirm your registration',
  confirmLead: (title: string) => `You will be put on the roll of “${title}” like this:`,
  confirm: 'Put me on the roll',
  confirmedTitle: 'You are on the roll',
  confirmed: 'Nothing more is to be done. Your voting link comes by e-mail before or during the vote.',
  again: 'Register again',
  switchTitle: 'Self-registration',
  switchOff:
    'People of the allowed e-mail domains can put themselves on the roll: they confirm by e-mail, and the public record counts each of them once the key is proven.',
  switchOn: 'Self-registration is open at this address:',
  open: 'Open self-registration',
  close: 'End self-registration',
  question:
    'Anybody can ask here whether their address is on the roll; the answer goes to that mailbox alone:',
};

const fr: typeof en = {
  registerTitle: 'S’inscrire pour voter',
  registerLead: (title) => `Demandez à figurer sur la liste de « ${title} ».`,
  domains: (list) => `Votre adresse doit être de : ${list}.`,
  lastName: 'Nom',
  firstName: 'Prénom',
  email: 'E-mail',
  emailHint: 'Un message à cette adresse vous demande de confirmer ; le lien de vote y viendra plus tard.',
  promotion: 'Promotion',
  building: 'Bâtiment',
  none: 'aucun',
  send: 'Envoyer',
  closedTitle: 'Les inscriptions ne sont pas ouvertes',
  closed: (contact) => `Personne ne peut s’inscrire pour l’instant à ce scrutin. Écrivez à ${contact}.`,
  sentTitle: 'Regardez dans votre boîte',
  registerSent: (email) =>
    `Si ${email} peut être inscrite, un message est en route. Ouvrez-le dans les deux jours et confirmez. S’il n’arrive pas, regardez parmi les indésirables, et attendez 15 minutes avant de réessayer.`,
  askTitle: 'Suis-je sur la liste ?',
  askLead: (title) =>
    `Demandez si votre adresse figure sur la liste de « ${title} ». Seule la boîte reçoit la réponse : personne d’autre ne peut l’apprendre.`,
  askEmail: 'Votre adresse e-mail',
  askSent: (email) =>
    `Si ${email} figure sur la liste, un message le dit. S’il n’arrive pas, regardez parmi les indésirables, et attendez 15 minutes avant de redemander.`,
  askEnded: 'La liste de ce scrutin ne peut plus changer : adressez vos questions à l’organisateur.',
  noScript: (contact) =>
    `Ce formulaire a besoin de JavaScript, qui fait un petit travail contre les robots. Sans lui, écrivez à ${contact}.`,
  working: 'Un instant : votre navigateur prouve qu’il n’est pas un robot.',
  failed: (contact) =>
    `Votre navigateur n’a pas pu faire la vérification contre les robots. Écrivez à ${contact}.`,
  confirmTitle: 'Confirmez votre inscription',
  confirmLead: (title) => `Vous figurerez ainsi sur la liste de « ${title} » :`,
  confirm: 'M’inscrire sur la liste',
  confirmedTitle: 'Vous êtes sur la liste',
  confirmed: 'Il n’y a rien d’autre à faire. Votre lien de vote arrive par e-mail avant ou pendant le vote.',
  again: 'S’inscrire de nouveau',
  switchTitle: 'Auto-inscription',
  switchOff:
    'Les personnes des domaines e-mail acceptés peuvent s’inscrire elles-mêmes : elles confirment par e-mail, et le registre public compte chacune une fois la clé prouvée.',
  switchOn: 'L’auto-inscription est ouverte à cette adresse :',
  open: 'Ouvrir l’auto-inscription',
  close: 'Arrêter l’auto-inscription',
  question:
    'Chacun peut demander ici si son adresse figure sur la liste ; seule la boîte en question reçoit la réponse :',
};

export const registrationTexts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };
