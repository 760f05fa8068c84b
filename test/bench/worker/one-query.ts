/** The yardstick of a page: one query, and a body as long as a page. */

const BODY_BYTES = 14_000;
const BODY = `<!doctype html><title>One query</title><p>${'All work and no play. '.repeat(1000)}`.slice(0, BODY_BYTES);

export async function fixedPage(db: D1Database): Promise<Response> {
  await db.prepare('select 1').first();
  return new Response(BODY, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
