import type { Language } from '../../domain/election.ts';
import { Icon } from '../../views/icon.tsx';
import { factorTexts } from './factor-texts.ts';

/** A button that the script brings to life where the browser knows passkeys; hidden otherwise. */
export const PasskeyButton = (props: {
  language: Language;
  label: string;
  /** `create` makes a passkey, `get` uses one. */
  ceremony: 'create' | 'get';
  /** `<path>/options` opens the ceremony, `<path>` ends it. */
  path: string;
  next: string;
}) => (
  <div
    data-passkey={props.ceremony}
    data-path={props.path}
    data-next={props.next}
    data-failed={factorTexts[props.language].passkey.failed}
    hidden
  >
    <button type="button" class="btn btn-secondary">
      <Icon name="fingerprint" /> {props.label}
    </button>
    <p role="status"></p>
  </div>
);
