// The npm oidc-provider as an organisation's sign-in. Says {"port": N} as soon as it listens, and answers 503 until it
// is told, one JSON object a line:
//   {"callback": URL, "secret": S}     begin, with the hub as its one client
//   {"account": NAME, "groups": [..]}  who signs in from now on, with what in the claim "groups"
//   {"fault": NAME}                    what is wrong with the next ID tokens: expired, issuer, forged, unsigned; or none
// Each is answered with {"step": "ok"}.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
for (const name of ['log', 'info', 'warn', 'debug']) console[name] = console.error; // standard output is the protocol
const { default: Provider } = await import('oidc-provider');

const CLIENT = 'facet-hub';
const realNow = Date.now;
let handle = (_, response) => response.writeHead(503).end();
let account = 'nobody';
let groups = [];
let fault = 'none';

const server = createServer((request, response) => handle(request, response));
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }));

function begin({ callback, secret }) {
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: secret,
        redirect_uris: [callback],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['a test needs no secret'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/enter/${interaction.uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id.replace(/^subject-/, ''), groups }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.use((ctx, next) => (ctx.path === '/token' ? withFault(provider, ctx, next) : next()));
  const answer = provider.callback();
  handle = (request, response) =>
    request.url.startsWith('/enter/')
      ? provider.interactionFinished(request, response, { login: { accountId: `subject-${account}` } })
      : answer(request, response);
}

async function withFault(provider, ctx, next) {
  const issuer = provider.issuer;
  if (fault === 'issuer') provider.issuer = 'https://elsewhere.example';
  if (fault === 'expired') Date.now = () => realNow() - 2 * 60 * 60 * 1000;
  try {
    await next();
  } finally {
    provider.issuer = issuer;
    Date.now = realNow;
  }
  if (ctx.body?.id_token) ctx.body.id_token = altered(ctx.body.id_token);
}

function altered(token) {
  const [header, payload, signature] = token.split('.');
  const encode = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
  const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));
  if (fault === 'forged') return [header, encode({ ...decode(payload), groups: ['bosses'] }), signature].join('.');
  if (fault === 'unsigned') return [encode({ alg: 'none' }), payload, ''].join('.');
  return token;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const told = JSON.parse(line);
  if (told.callback) begin(told);
  account = told.account ?? account;
  groups = told.groups ?? groups;
  fault = told.fault ?? fault;
  say({ step: 'ok' });
});
