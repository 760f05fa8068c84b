// What a request brings, checked by the method's lexicon.
import type { Procedure, Query } from '@atproto/lex';
import { readBounded } from '../cloudflare/fetch.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';

/** `main.parameters` of a generated lexicon. */
type Parameters = Query['parameters'];

interface Issue {
  path?: PropertyKey[];
}

/** Names that the lexicon does not know are passed over, as the protocol asks; values must be as it says. */
export function readParameters(schema: Parameters, search: URLSearchParams): object | Refusal {
  const known = [...search].filter(([name]) => Object.hasOwn(schema.shape, name));
  try {
    return schema.fromURLSearchParams(known);
  } catch (error) {
    return refuse('InvalidRequest', reasonOf(error, 'the parameters are not valid'));
  }
}

const MAX_BODY = 1_000_000;

export async function readInput(
  input: Procedure['input'] | null,
  request: Request,
): Promise<{ value: unknown } | Refusal> {
  if (!input?.encoding) return { value: undefined };
  if (!input.matchesEncoding(request.headers.get('content-type') ?? undefined)) {
    return refuse('InvalidRequest', `the body must be ${input.encoding}`);
  }
  const bytes = await readBounded(new Response(request.body), MAX_BODY, 'the body').catch(() => null);
  if (bytes === null) return refuse('InvalidRequest', `the body must not be longer than ${MAX_BODY} bytes`);
  const text = new TextDecoder().decode(bytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refuse('InvalidRequest', 'the body is not JSON');
  }
  const result = input.schema?.safeParse(body);
  if (!result) return { value: body };
  return result.success
    ? { value: result.value }
    : refuse('InvalidRequest', reasonOf(result.reason, 'the body is not valid'));
}

/** The library's first complaint, beginning with the name of what it is about. */
function reasonOf(error: unknown, otherwise: string): string {
  if (!(error instanceof Error)) return otherwise;
  const [issue] = 'issues' in error && Array.isArray(error.issues) ? (error.issues as Issue[]) : [];
  const words = error.message.replace(/ at \$.*$/s, '').slice(0, 200);
  const name = issue?.path?.join('.') ?? '';
  return name === '' ? words : `${name}: ${words}`;
}
