import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely';
import type { Reader } from './store.ts';

/** A parameter's place while the statement is being built; constants of the statement are no such thing. */
class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A statement of a hot path, built and compiled once for each connection: Kysely's builder and compiler take longer than
 * the database does. `build` gets marks in the place of its arguments: it must put each into the statement as a value,
 * and decide nothing by it.
 */
export function prepared<Arguments extends readonly unknown[], Row>(
  build: (reader: Reader, ...values: Arguments) => Compilable<Row>,
): (reader: Reader, ...values: Arguments) => Promise<QueryResult<Row>> {
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  const marks = Array.from({ length: build.length - 1 }, (_, index) => new Slot(index));
  return (reader, ...values) => {
    const { adapter } = reader.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(reader, ...(marks as unknown as Arguments)).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((part) => (part instanceof Slot ? values[part.index] : part));
    return reader.executeQuery({ ...query, parameters });
  };
}
