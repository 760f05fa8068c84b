// A CID's object: all who want its bytes meet here.
import { DurableObject } from 'cloudflare:workers';
import { orderOf } from '../src/cloudflare/media.ts';
import type { MediaObject } from '../src/media/object.ts';
import { asResponse } from '../src/media/ready.ts';
import type { Env } from './wire.ts';
import { wireMediaObject } from './wire-media.ts';

export class Blobs extends DurableObject<Env> {
  private readonly media: MediaObject;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.media = wireMediaObject(env);
  }

  override async fetch(request: Request): Promise<Response> {
    return asResponse(await this.media.open(orderOf(request)));
  }

  purge(cid: string): Promise<void> {
    return this.media.purge(cid);
  }
}
