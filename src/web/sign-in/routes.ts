// The ways in and out, the same at every host that has pages: for people, and for the servers that ask who we are.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { accountPage, signOut, useAccount } from './account.tsx';
import { carry, give, goBack, pull } from './carry.ts';
import { offerNames } from './names.ts';
import { callback, signIn, signInPage } from './sign-in.tsx';

type Open = 'space' | 'instance' | 'private';

export function signInRoutes<P extends Open>(routes: Hono<Visit<P>>): void {
  // What is done here is the same for both.
  const app = routes as unknown as Hono<Visit<Open>>;
  app.get('/login', ({ env, req }) => signInPage(env, req.raw));
  app.post('/login', ({ env, req }) => signIn(env, req.raw));
  app.get('/login/names', ({ env, req }) => offerNames(env, req.raw));
  app.get('/login/pull', ({ env, req }) => pull(env, req.raw));
  app.get('/login/give', ({ env }) => give(env));
  app.get('/login/carry', ({ env, req }) => carry(env, req.raw));
  app.get('/login/back', ({ env }) => goBack(env));
  app.get('/oauth/callback', ({ env, req }) => callback(env, req.raw));
  app.get('/account', ({ env, req }) => accountPage(env, req.raw));
  app.post('/account/use', ({ env, req }) => useAccount(env, req.raw));
  app.post('/logout', ({ env, req }) => signOut(env, req.raw));
}
