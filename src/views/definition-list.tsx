import type { Child } from 'hono/jsx';

/** Facts, each a term and what it is. */
export const DefinitionList = (props: {
  items: readonly { readonly term: string; readonly detail: Child }[];
}) => (
  <dl class="facts">
    {props.items.map(({ term, detail }) => (
      <div class="fact">
        <dt>{term}</dt>
        <dd>{detail}</dd>
      </div>
    ))}
  </dl>
);
