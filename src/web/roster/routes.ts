// Where people come in and go out, and are looked after.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { declineInvite, joinPage, joinSpace, leavePage, leaveSpace, withdrawRequest } from '../writing/join.tsx';
import { toggleFollow } from './follow.ts';
import { changeInvites, invitePage, invitesPage, useInvite } from './invites.tsx';
import { bansPage, changePerson, decideRequest, liftBan, membersPage, personPage, requestsPage } from './lists.tsx';

type Open = 'space' | 'private';

/** Where people come in and go; at the host of a private space, too. */
export function doorRoutes<P extends Open>(routes: Hono<Visit<P>>): void {
  const app = routes as unknown as Hono<Visit<Open>>;
  app.get('/join', ({ env }) => joinPage(env));
  app.post('/join', ({ env, req }) => joinSpace(env, req.raw));
  app.post('/join/withdraw', ({ env, req }) => withdrawRequest(env, req.raw));
  app.post('/join/decline', ({ env, req }) => declineInvite(env, req.raw));
  app.get('/leave', ({ env }) => leavePage(env));
  app.post('/leave', ({ env, req }) => leaveSpace(env, req.raw));
  app.get('/invite/:token', ({ env, req }) => invitePage(env, req.raw, req.param('token')));
  app.post('/invite/:token', ({ env, req }) => useInvite(env, req.raw, req.param('token')));
}

export function rosterRoutes(app: Hono<Visit<'space'>>): void {
  doorRoutes(app);
  app.post('/follow', ({ env, req }) => toggleFollow(env, req.raw));
  app.get('/members', ({ env }) => membersPage(env));
  app.get('/members/requests', ({ env }) => requestsPage(env));
  app.post('/members/requests', ({ env, req }) => decideRequest(env, req.raw));
  app.get('/members/invites', ({ env }) => invitesPage(env));
  app.post('/members/invites', ({ env, req }) => changeInvites(env, req.raw));
  app.get('/members/bans', ({ env }) => bansPage(env));
  app.post('/members/bans', ({ env, req }) => liftBan(env, req.raw));
  app.get('/members/:who', ({ env, req }) => personPage(env, req.param('who')));
  app.post('/members/:who', ({ env, req }) => changePerson(env, req.raw, req.param('who')));
}
