import { MAX_BLOB } from '../../../../actions/group-judge.ts';
import { readBounded } from '../../../../cloudflare/fetch.ts';
import { refuse } from '../../../../domain/outcome.ts';
import * as uploadBlob from '../../../../lexicons/club/commonplace/group/uploadBlob.ts';
import { groupMethod } from '../../../group.ts';

const TOO_LARGE = refuse('BlobTooLarge', `a blob must not be longer than ${MAX_BLOB} bytes`);
const MIME = /^[\w.+-]+\/[\w.+-]+$/;

export default groupMethod(
  uploadBlob,
  async ({ acting: { group, by }, groups, request }) => {
    const type = request.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (!MIME.test(type)) return refuse('InvalidRequest', 'content-type must say what the blob is');
    const bytes = await readBounded(new Response(request.body), MAX_BLOB, 'the blob').catch(() => null);
    return bytes === null ? TOO_LARGE : (groups.upload(group, bytes, type, by) as never);
  },
  { takesBody: { do: 'upload-as-group' } },
);
