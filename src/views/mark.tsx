/** The Votix mark: a check that drops into the slot of an urn. Takes the colour of the text around it. */
export const Mark = (props: { size?: number }) => (
  <svg
    class="votix-mark"
    width={props.size ?? 28}
    height={props.size ?? 28}
    viewBox="0 0 32 32"
    fill="none"
    aria-hidden="true"
    focusable="false"
  >
    <path
      d="M5 17.5v8A2.5 2.5 0 0 0 7.5 28h17a2.5 2.5 0 0 0 2.5-2.500v-8"
      stroke="currentColor"
      stroke-width="2.6"
      stroke-linecap="round"
    />
    <path d="M3.5 17.500h6M22.5 17.500h6" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" />
    <path
      d="M10 11.500l6 9.500L25 4"
      stroke="currentColor"
      stroke-width="3.4"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
