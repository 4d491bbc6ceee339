import type { Language } from '../../domain/election.ts';
import { trackerText } from '../../protocol/ballot.ts';
import { type Receipt, receiptText } from '../../protocol/receipt.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { formatInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { QrCode } from '../../views/qr-code.tsx';
import { texts } from './texts.ts';

const fileOf = (receipt: Receipt): string =>
  `data:application/json;charset=utf-8,${encodeURIComponent(receiptText(receipt))}`;

/**
 * What stays of a vote. With a receipt: the answer to a voter without JavaScript. Without one: the empty frame that the
 * booth fills on the device, where the receipt is made known first.
 */
export const DonePart = (props: { language: Language; election: ElectionRow; receipt?: Receipt }) => {
  const { language, election, receipt } = props;
  const t = texts[language].done;
  return (
    <>
      <h1 tabindex={-1}>
        <Icon name="check-circle-fill" size={28} /> {t.title}
      </h1>
      <div class="receipt card">
        <p class="receipt-label" id="tracker-label">
          {t.tracker}
        </p>
        <p class="tracker" data-tracker aria-labelledby="tracker-label">
          {receipt === undefined ? '' : trackerText(receipt.tracker)}
        </p>
        <div data-qr data-label={t.qr}>
          {receipt === undefined ? null : <QrCode text={receiptText(receipt)} label={t.qr} />}
        </div>
        <p>
          <a
            class="btn btn-secondary"
            data-download
            download="votix-receipt.json"
            href={receipt === undefined ? undefined : fileOf(receipt)}
          >
            <Icon name="download" /> {t.download}
          </a>
        </p>
      </div>
      <p>{t.text}</p>
      <p>{receipt === undefined ? t.kept : `${t.serverSealed} ${t.keep}`}</p>
      <p>{t.next(formatInstant(language, election.time_zone, election.closes_at))}</p>
      <p class="lead">{t.leave}</p>
    </>
  );
};
