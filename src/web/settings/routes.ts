// Where stewards change what the space says of itself; each form's address takes what the form sends.
import type { Hono } from 'hono';
import type { Visit } from '../context.ts';
import { lookPage, saveLook } from './look.tsx';
import { profilePage, saveProfile } from './profile.tsx';
import { rolesPage, saveRole } from './roles.tsx';
import { rulesPage, saveRule } from './rules.tsx';
import { saveSections, sectionsPage } from './sections.tsx';

export function settingsRoutes(app: Hono<Visit<'space'>>): void {
  app.get('/settings', ({ env }) => profilePage(env));
  app.post('/settings', ({ env, req }) => saveProfile(env, req.raw));
  app.get('/settings/sections', ({ env }) => sectionsPage(env));
  app.post('/settings/sections', ({ env, req }) => saveSections(env, req.raw));
  app.get('/settings/rules', ({ env }) => rulesPage(env));
  app.post('/settings/rules', ({ env, req }) => saveRule(env, req.raw));
  app.get('/settings/roles', ({ env }) => rolesPage(env));
  app.post('/settings/roles', ({ env, req }) => saveRole(env, req.raw));
  app.get('/settings/look', ({ env }) => lookPage(env));
  app.post('/settings/look', ({ env, req }) => saveLook(env, req.raw));
}
