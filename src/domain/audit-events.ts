import type { Language } from './election.ts';

interface EventForm {
  /** The only fields an entry of this kind may hold. None leads from a voter to a ballot, none says who voted. */
  readonly fields: readonly string[];
  readonly en: string;
  readonly fr: string;
}

const form = (en: string, fr: string): EventForm => ({
  fields: [...en.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
  en,
  fr,
});

/** Every official act: its sentence, whose `{names}` are the fields it records. */
export const AUDIT_EVENTS = {
  'staff-created': form(
    'Account of {email} created with the role {role}',
    'Compte de {email} créé avec le rôle {role}',
  ),
  'staff-changed': form(
    'Account of {email}: role {role}, {state}',
    'Compte de {email} : rôle {role}, {state}',
  ),
  'setup-link-made': form('Set-up link made for {email}', 'Lien d’activation créé pour {email}'),
  'password-changed': form('Password of {email} changed', 'Mot de passe de {email} modifié'),
  'signed-in': form('Signed in', 'Connexion'),
  'signed-out': form('Signed out', 'Déconnexion'),
  'sign-in-locked': form(
    'Sign-in locked for {email} after too many tries',
    'Connexion bloquée pour {email} après trop d’essais',
  ),
  'settings-changed': form('Settings changed: {names}', 'Réglages modifiés : {names}'),
  'election-created': form('Election created: {title}', 'Scrutin créé : {title}'),
  'election-edited': form('Election edited: {names}', 'Scrutin modifié : {names}'),
  'contest-edited': form('Contest edited: {title}', 'Question modifiée : {title}'),
  'contest-removed': form('Contest removed: {title}', 'Question supprimée : {title}'),
  'candidate-edited': form('Candidate edited: {name}', 'Candidat modifié : {name}'),
  'candidate-removed': form('Candidate removed: {name}', 'Candidat supprimé : {name}'),
  'roll-imported': form(
    'Roll imported: {added} added, {updated} updated, {refused} refused',
    'Liste importée : {added} ajoutés, {updated} mis à jour, {refused} refusés',
  ),
  'voter-added': form('A voter was added to the roll', 'Un électeur a été ajouté à la liste'),
  'voter-edited': form('A voter on the roll was corrected', 'Un électeur de la liste a été corrigé'),
  'voter-removed': form('A voter was removed from the roll', 'Un électeur a été retiré de la liste'),
  'voter-unlocked': form('A voting link was unlocked', 'Un lien de vote a été débloqué'),
  'key-made': form(
    'Key pair made, fingerprint {fingerprint}',
    'Paire de clés créée, empreinte {fingerprint}',
  ),
  'key-proven': form('Key proven readable, copy {copy}', 'Clé prouvée lisible, copie {copy}'),
  'manifest-signed': form('Manifest signed, digest {digest}', 'Manifeste signé, empreinte {digest}'),
  'links-queued': form(
    'Voting links queued for {count} voters',
    'Liens de vote mis en file pour {count} électeurs',
  ),
  'links-exported': form(
    'Voting links exported for {count} voters',
    'Liens de vote exportés pour {count} électeurs',
  ),
  opened: form('Voting opened', 'Vote ouvert'),
  extended: form('Closing time moved to {closesAt}: {reason}', 'Clôture reportée au {closesAt} : {reason}'),
  'closed-early': form('Closed early at {closesAt}: {reason}', 'Clôture avancée au {closesAt} : {reason}'),
  closed: form(
    'Voting closed with {count} ballots, urn root {root}',
    'Vote clos avec {count} bulletins, racine de l’urne {root}',
  ),
  'deliberation-started': form('Opening of the ballots started', 'Ouverture des bulletins commencée'),
  'deliberation-failed': form(
    'Opening of the ballots refused: {code}',
    'Ouverture des bulletins refusée : {code}',
  ),
  tallied: form('{count} ballots opened and counted', '{count} bulletins ouverts et comptés'),
  published: form('Results published', 'Résultats publiés'),
  // operation
  'election-reset': form(
    'Election deleted: {title}, {voters} voters on the roll',
    'Scrutin supprimé : {title}, {voters} électeurs sur la liste',
  ),
  restored: form(
    'Backup of {madeAt} restored; votes cast after it: {lost}',
    'Sauvegarde du {madeAt} restaurée ; votes exprimés depuis : {lost}',
  ),
  // staff
  'sessions-ended': form('Every session of {email} ended', 'Toutes les sessions de {email} ont pris fin'),
  'factor-added': form('Second factor of {email} switched on', 'Second facteur de {email} activé'),
  'factor-removed': form('Second factor of {email} removed', 'Second facteur de {email} retiré'),
  'recovery-code-used': form('Recovery code of {email} used', 'Code de secours de {email} utilisé'),
  'passkey-added': form('Passkey of {email} added', 'Clé d’accès de {email} ajoutée'),
  'passkey-removed': form('Passkey of {email} removed', 'Clé d’accès de {email} retirée'),
  'approval-asked': form('Approval asked for: {act}', 'Accord demandé pour : {act}'),
  'approval-granted': form('Approval of {act} granted to {asker}', 'Accord pour {act} donné à {asker}'),
  'approval-refused': form('Approval of {act} refused to {asker}', 'Accord pour {act} refusé à {asker}'),
  // roll
  'building-added': form('Building added: {name}', 'Bâtiment ajouté : {name}'),
  'building-changed': form('Building {before} changed, now {name}', 'Bâtiment {before} modifié : {name}'),
  'building-removed': form('Building removed: {name}', 'Bâtiment retiré : {name}'),
  'promotion-added': form('Promotion added: {name}', 'Promotion ajoutée : {name}'),
  'promotion-changed': form('Promotion {before} is now {name}', 'Promotion {before} renommée : {name}'),
  'promotion-removed': form('Promotion removed: {name}', 'Promotion retirée : {name}'),
  'voter-link-queued': form(
    'A voting link was sent to one voter',
    'Un lien de vote a été envoyé à un électeur',
  ),
  'voter-link-replaced': form(
    'A voting link was revoked and replaced',
    'Un lien de vote a été révoqué et remplacé',
  ),
  'registration-opened': form('Self-registration opened', 'Auto-inscription ouverte'),
  'registration-ended': form('Self-registration ended', 'Auto-inscription arrêtée'),
  // mail engine
  'mail-paused': form('E-mails paused', 'E-mails mis en pause'),
  'mail-resumed': form('E-mails resumed', 'E-mails repris'),
  'mail-retried': form(
    '{count} refused or put off e-mails tried again',
    '{count} e-mails refusés ou reportés retentés',
  ),
  'mail-proven': form(
    '{email} typed the word of a test e-mail',
    '{email} a saisi le mot d’un message d’essai',
  ),
  // live
  'incident-noted': form('Incident noted for the minutes', 'Incident noté pour le procès-verbal'),
  // mail content
  'invitations-queued': form(
    'Invitations queued for {count} voters',
    'Invitations mises en file pour {count} électeurs',
  ),
  'reminders-queued': form(
    'Reminders queued for {count} voters',
    'Rappels mis en file pour {count} électeurs',
  ),
  'results-queued': form(
    'E-mails about the results queued for {count} voters',
    'Messages sur les résultats mis en file pour {count} électeurs',
  ),
  'codes-queued': form(
    'E-mails with codes queued for {count} voters',
    'Messages avec codes mis en file pour {count} électeurs',
  ),
  'template-changed': form(
    'Text of e-mails changed: {kind}, {language}',
    'Texte des messages modifié : {kind}, {language}',
  ),
  'template-restored': form(
    'Built-in text of e-mails restored: {kind}, {language}',
    'Texte d’origine des messages rétabli : {kind}, {language}',
  ),
  'code-channel-chosen': form('Way of the codes: {channel}', 'Voie des codes : {channel}'),
  'sheets-exported': form(
    'Sheets with codes printed for {count} voters, part {part}',
    'Feuilles avec codes imprimées pour {count} électeurs, partie {part}',
  ),
} as const satisfies Readonly<Record<string, EventForm>>;

export type AuditKind = keyof typeof AUDIT_EVENTS;

/** The sentence of an entry, its fields filled in. */
export function auditSentence(
  language: Language,
  kind: AuditKind,
  fields: Readonly<Record<string, string | number>>,
): string {
  return AUDIT_EVENTS[kind][language].replace(/\{(\w+)\}/g, (_, name: string) => String(fields[name] ?? '?'));
}
