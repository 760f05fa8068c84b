/** Everyone in the sample communities. */
export const PEOPLE = {
  mara: 'mara-ellison.test',
  tobi: 'tobi-adeyemi.test',
  yuki: 'yuki-amano.test',
  lucia: 'lucia-ferrer.test',
  samir: 'samir-haddad.test',
  ruth: 'ruth-pell.test',
  ines: 'ines-carvalho.test',
  jonas: 'jonas-lindqvist.test',
  priya: 'priya-nair.test',
  nell: 'nell-oconnor.test',
  kofi: 'kofi-mensah.test',
  deniz: 'deniz-aksoy.test',
  paul: 'paul-wren.test',
  clem: 'clem-duarte.test',
  otto: 'otto-brandt.test',
} as const;

export type Name = keyof typeof PEOPLE;
