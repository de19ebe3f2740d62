import type { Database, Statement } from 'better-sqlite3';

/** Statements by what they say, for questions whose words are put together as they are asked: each is prepared when it is first met. */
export interface Statements {
  rows<R>(sql: string): Statement<[object], R>;
  /** One that gives single values. */
  values<V>(sql: string): Statement<[object], V>;
}

export function statementsOn(client: Database): Statements {
  const known = new Map<string, Statement>();
  const statement = (sql: string) => {
    const prepared = known.get(sql) ?? client.prepare(sql);
    known.set(sql, prepared);
    return prepared;
  };
  return {
    rows: <R>(sql: string) => statement(sql) as Statement<[object], R>,
    values: <V>(sql: string) => statement(sql).pluck() as Statement<[object], V>,
  };
}
