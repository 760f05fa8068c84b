// Answers requests for the card of a post: only while the post is shown.
import { isRefusal } from '../../domain/outcome.ts';
import { readThreadAt } from '../../reads/index.ts';
import { addressOf } from '../address-of.ts';
import { cardSvg, postOfCard } from '../card.ts';
import type { Visit } from '../context.ts';
import { FOR_A_DAY, fileHeaders } from '../headers.ts';
import { isWithheld } from '../parts/warning.tsx';
import { failurePage } from '../respond.tsx';
import { pathOf } from '../site.ts';

export async function cardPicture({ web, url, place }: Visit<'space'>['Bindings']): Promise<Response> {
  const path = postOfCard(url.pathname).replace(/%7e/gi, '~');
  const address = addressOf(path.slice(path.lastIndexOf('/') + 1));
  const thread = await readThreadAt(web.read, place.site.space, address, { sort: 'old', depth: 0, limit: 1 });
  if (isRefusal(thread) || pathOf(thread.post) !== path || isWithheld(thread.post.labels))
    return failurePage(place, 404);
  const png = await web.cards(cardSvg(thread.post, place.site));
  const headers = fileHeaders('image/png', FOR_A_DAY);
  return new Response(png, { headers: { ...headers, 'cross-origin-resource-policy': 'cross-origin' } });
}
