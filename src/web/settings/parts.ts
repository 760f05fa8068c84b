// Parts of the settings, and where each is.
export type Part = 'profile' | 'sections' | 'rules' | 'roles' | 'look';

export const PATHS: Record<Part, string> = {
  ...{ profile: '/settings', sections: '/settings/sections', rules: '/settings/rules' },
  ...{ roles: '/settings/roles', look: '/settings/look' },
};
