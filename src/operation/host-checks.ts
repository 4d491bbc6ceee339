import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, PROJECT_ROOT } from '../config.ts';
import { isTimeZone } from '../domain/wall-time.ts';
import { readLastBackup } from '../last-backup.ts';
import { mailboxFolder } from '../mail/open-transport.ts';
import { SmtpTransport } from '../mail/smtp-transport.ts';
import { databaseFile } from '../runtime.ts';
import { loadServerSecret } from '../secret.ts';
import { takeServerLock } from '../store/server-lock.ts';
import { hasBuiltAssets } from '../views/asset.ts';
import { SECRET_FILE } from './backup-manifest.ts';
import { type Finding, failure, fine, warning } from './finding.ts';

const MEBIBYTE = 1024 * 1024;
const LEAST_FREE = 200 * MEBIBYTE;
const AMPLE_FREE = 1024 * MEBIBYTE;
const DAY_MS = 86_400_000;

/** The machine and the installation around the database, each check on its own: one that fails hides no other. */
export const HOST_CHECKS: readonly ((config: Config) => Finding | Promise<Finding>)[] = [
  checkNode,
  checkFolders,
  checkSecret,
  checkSpace,
  checkPages,
  checkTimeZones,
  checkServer,
  checkBackup,
];

function checkNode(): Finding {
  const { engines } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  return isOld
    ? failure('node', `Node.js ${process.versions.node}`, `install Node.js ${engines.node}`)
    : fine('node', `Node.js ${process.versions.node}`);
}

function checkFolders({ varDir, logDir, logoDir }: Config): Finding {
  for (const folder of [varDir, logDir, logoDir]) {
    if (!existsSync(folder)) {
      return warning('folders', `${folder} does not exist yet`, 'the first start of serve makes it');
    }
    try {
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch {
      return failure('folders', `${folder} cannot be written`, 'give it to the account that runs Votix');
    }
  }
  const { mode, uid } = statSync(varDir);
  if (process.getuid !== undefined && uid !== process.getuid() && process.getuid() !== 0) {
    return warning('folders', `${varDir} belongs to another account`, 'run Votix as its owner');
  }
  return (mode & 0o007) === 0
    ? fine('folders', `${varDir}, ${logDir} and ${logoDir} can be written`)
    : warning('folders', `${varDir} can be read by everybody on this machine`, `chmod o-rwx ${varDir}`);
}

function checkSecret(config: Config): Finding {
  const file = join(config.varDir, SECRET_FILE);
  if (config.secretKey === undefined && !existsSync(file)) {
    return existsSync(databaseFile(config))
      ? failure('secret', `${file} is missing`, 'put it back from a backup, or give it in SECRET_KEY')
      : warning('secret', 'there is none yet', 'the first start of serve makes it');
  }
  const mode = config.secretKey === undefined ? statSync(file).mode & 0o777 : 0o600;
  try {
    loadServerSecret(config.secretKey, file, { isFirstStart: false });
  } catch (error) {
    return failure('secret', error instanceof Error ? error.message : String(error), 'restore the right one');
  }
  return (mode & 0o077) === 0
    ? fine('secret', config.secretKey === undefined ? `${file}, for its owner alone` : 'from SECRET_KEY')
    : warning('secret', `${file} could be read by others`, 'it is closed to them now; who had access?');
}

function checkSpace({ varDir }: Config): Finding {
  if (!existsSync(varDir)) return fine('disk', 'nothing is stored yet');
  const { bavail, bsize } = statfsSync(varDir);
  const free = bavail * bsize;
  const said = `${Math.floor(free / MEBIBYTE)} MiB free for ${varDir}`;
  if (free < LEAST_FREE) return failure('disk', said, 'free some space: a full disk stops the voting');
  return free < AMPLE_FREE ? warning('disk', said, 'free some space before people vote') : fine('disk', said);
}

function checkPages(): Finding {
  return hasBuiltAssets()
    ? fine('pages', 'the pages are built')
    : failure('pages', 'the pages are not built', 'run npm run build');
}

function checkTimeZones(): Finding {
  const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata'];
  const missing = zones.find((zone) => !isTimeZone(zone));
  return missing === undefined
    ? fine('time zones', 'known')
    : failure('time zones', `${missing} is not known here`, 'install a Node.js with full ICU');
}

function checkServer({ varDir }: Config): Finding {
  if (!existsSync(varDir)) return fine('server', 'not running');
  const lock = takeServerLock(join(varDir, 'server.lock'));
  if (lock === undefined) return fine('server', 'running');
  lock.release();
  return warning('server', 'not running', 'start it with serve: people vote through it');
}

function checkBackup(config: Config): Finding {
  const last = readLastBackup(config);
  if (last === undefined) return warning('backup', 'none was made here', 'run backup --out FOLDER');
  const said = `the last one is of ${new Date(last.at).toISOString()}`;
  return Date.now() - last.at > 7 * DAY_MS
    ? warning('backup', said, 'run backup --out FOLDER')
    : fine('backup', said);
}

/** Checks of the configuration in force: saved settings over the environment. */
export async function* configChecks(config: Config): AsyncGenerator<Finding> {
  yield checkPublicUrl(config);
  yield await checkMail(config);
}

function checkPublicUrl({ publicUrl, host }: Config): Finding {
  const { protocol, hostname } = new URL(publicUrl);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'https:') return fine('address', publicUrl);
  return isLocal
    ? warning('address', `${publicUrl} is for this machine alone`, 'set PUBLIC_URL to the https address')
    : failure(
        'address',
        `${publicUrl} is not https (listening on ${host})`,
        'set PUBLIC_URL to the https address',
      );
}

async function checkMail(config: Config): Promise<Finding> {
  const { smtp } = config;
  const kept = existsSync(mailboxFolder(config)) ? readdirSync(mailboxFolder(config)).length : 0;
  if (smtp === undefined) {
    return warning('mail', `${kept} e-mails are kept here, none is sent`, 'set SMTP_HOST');
  }
  const transport = new SmtpTransport(smtp);
  const trouble = await transport.trouble();
  transport.close();
  const server = `${smtp.host} port ${smtp.port}`;
  if (trouble !== undefined)
    return failure('mail', `${server}: ${trouble}`, 'check SMTP_* and the mail server');
  return kept === 0
    ? fine('mail', `${server} takes mail`)
    : warning(
        'mail',
        `${kept} e-mails of before are kept in ${mailboxFolder(config)}`,
        'they hold links: remove them',
      );
}
