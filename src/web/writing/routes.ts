// Where members join and write; each form's address takes what the form sends.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { problemIn } from '../sign-in/consent.ts';
import { crosspostPage, sendCrosspost } from './crosspost.tsx';
import { draftsPage, throwAway } from './drafts.tsx';
import { connectGroup, connectWithPassword, disconnectGroup, groupLogPage, groupPage } from './group.tsx';
import { deletePage, deletePost, editPage, saveEdit } from './own.tsx';
import { newPostPage, publish } from './post.tsx';
import { replyPage, sendReply, toggleLike } from './reply.tsx';
import { revive } from './revive.ts';

export function writingRoutes(app: Hono<Visit<'space'>>): void {
  app.get('/group', ({ env }) => groupPage(env, problemIn(env.url)));
  app.get('/group/log', ({ env }) => groupLogPage(env));
  app.post('/group/connect', ({ env, req }) => connectGroup(env, req.raw));
  app.post('/group/password', ({ env, req }) => connectWithPassword(env, req.raw));
  app.post('/group/disconnect', ({ env, req }) => disconnectGroup(env, req.raw));
  app.post('/space/revive', ({ env, req }) => revive(env, req.raw));
  app.get('/write/drafts', ({ env }) => draftsPage(env));
  app.post('/write/drafts/delete', ({ env, req }) => throwAway(env, req.raw));
  app.get('/write/reply', ({ env }) => replyPage(env));
  app.post('/write/reply', ({ env, req }) => sendReply(env, req.raw));
  app.get('/write/crosspost', ({ env }) => crosspostPage(env));
  app.post('/write/crosspost', ({ env, req }) => sendCrosspost(env, req.raw));
  app.post('/write/like', ({ env, req }) => toggleLike(env, req.raw));
  app.get('/write/edit', ({ env }) => editPage(env));
  app.post('/write/edit', ({ env, req }) => saveEdit(env, req.raw));
  app.get('/write/delete', ({ env }) => deletePage(env));
  app.post('/write/delete', ({ env, req }) => deletePost(env, req.raw));
  app.get('/write/:kind', ({ env, req }) => newPostPage(env, req.param('kind')));
  app.post('/write/:kind', ({ env, req }) => publish(env, req.raw, req.param('kind')));
}
