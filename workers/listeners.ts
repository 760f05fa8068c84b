// A space's object for those who follow it by an open connection. It sleeps while nothing changes, its connections open.
import { DurableObject } from 'cloudflare:workers';
import { openingOf } from '../src/cloudflare/durable.ts';
import { type Sockets, sockets } from '../src/cloudflare/sockets.ts';
import type { Did } from '../src/domain/model.ts';
import type { Listeners as Service } from '../src/listen/listeners.ts';
import { type Env, wireListeners } from './wire.ts';

export class Listeners extends DurableObject<Env> {
  private readonly sockets: Sockets;
  private readonly service: Service;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.sockets = sockets(ctx);
    this.service = wireListeners(this.sockets, env);
  }

  override fetch(request: Request): Promise<Response> {
    return this.service.open(openingOf(request));
  }

  async notify(_space: Did): Promise<boolean> {
    return this.service.notify();
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.service.hear(this.sockets.of(socket), message);
  }

  override webSocketClose(socket: WebSocket): void {
    this.sockets.gone(socket);
  }

  override webSocketError(socket: WebSocket): void {
    this.sockets.gone(socket);
  }
}
