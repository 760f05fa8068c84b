/** What tests inside workerd find in `env` and `exports` of `cloudflare:workers`. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('../../../workers/app.ts');
    durableNamespaces: 'Indexer' | 'Listeners' | 'Blobs' | 'Accounts' | 'SignIns' | 'Groups' | 'Foundings';
  }
  interface Env {
    DB: D1Database;
    MEDIA: R2Bucket;
    INDEXER: DurableObjectNamespace<import('../../../workers/app.ts').Indexer>;
    LISTENERS: DurableObjectNamespace<import('../../../workers/app.ts').Listeners>;
    ACCOUNTS: DurableObjectNamespace<import('../../../workers/app.ts').Accounts>;
    GROUPS: DurableObjectNamespace<import('../../../workers/app.ts').Groups>;
    FOUNDINGS: DurableObjectNamespace<import('../../../workers/app.ts').Foundings>;
    SIGN_INS: DurableObjectNamespace<import('../../../workers/app.ts').SignIns>;
    BLOBS: DurableObjectNamespace<import('../../../workers/app.ts').Blobs>;
    /** What migrate.ts applies to DB; only in tests. */
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}
