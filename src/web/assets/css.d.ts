/** Stylesheets are imported as text: a `Text` rule in wrangler.toml, a plugin in the tests. */
declare module '*.css' {
  const text: string;
  export default text;
}
