// Where spaces are founded, at the instance's own hosts; each form's address takes what the form sends.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { askServer, connect, groupStep, makeAccount, nameAccount } from './group.tsx';
import { hostPage, takeHost } from './host.tsx';
import { keptPicture } from './pictures.ts';
import { begin, drop, startPage, step } from './start.tsx';
import { aboutStep, open, openStep, saveAbout, saveStewards, saveWays, stewardsStep, waysStep } from './steps.tsx';

export function setupRoutes(app: Hono<Visit<'instance'>>): void {
  app.get('/setup', ({ env }) => startPage(env));
  app.post('/setup/begin', ({ env, req }) => begin(env, req.raw));
  app.post('/setup/drop', ({ env, req }) => drop(env, req.raw));
  app.get('/setup/group', ({ env }) => step(env, groupStep));
  app.post('/setup/group/server', ({ env, req }) => askServer(env, req.raw));
  app.post('/setup/group/make', ({ env, req }) => makeAccount(env, req.raw));
  app.post('/setup/group/name', ({ env, req }) => nameAccount(env, req.raw));
  app.post('/setup/group/connect', ({ env, req }) => connect(env, req.raw));
  app.get('/setup/host', ({ env, req }) => step(env, (desk) => hostPage(desk, req.raw)));
  app.post('/setup/host', ({ env, req }) => takeHost(env, req.raw));
  app.get('/setup/about', ({ env }) => step(env, aboutStep));
  app.post('/setup/about', ({ env, req }) => saveAbout(env, req.raw));
  app.get('/setup/picture/:picture', ({ env, req }) => keptPicture(env, req.param('picture')));
  app.get('/setup/ways', ({ env }) => step(env, waysStep));
  app.post('/setup/ways', ({ env, req }) => saveWays(env, req.raw));
  app.get('/setup/stewards', ({ env }) => step(env, stewardsStep));
  app.post('/setup/stewards', ({ env, req }) => saveStewards(env, req.raw));
  app.get('/setup/open', ({ env }) => step(env, openStep));
  app.post('/setup/open', ({ env, req }) => open(env, req.raw));
}
