/** Progress of `max` steps; `value` and `max` are also data for the script that moves it. */
export const ProgressBar = (props: {
  label: string;
  value: number;
  max: number;
  id?: string | undefined;
}) => (
  <div class="progress-line">
    <label for={props.id ?? 'progress'}>{props.label}</label>
    <progress id={props.id ?? 'progress'} value={props.value} max={Math.max(1, props.max)}>
      {`${props.value} / ${props.max}`}
    </progress>
  </div>
);
