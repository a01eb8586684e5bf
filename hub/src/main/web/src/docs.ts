// The API page: Swagger UI over the hub's own description. It loads nothing from elsewhere.
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';

const place = document.getElementById('docs') as HTMLElement;

async function start(): Promise<void> {
  const response = await fetch('/api/openapi.json', { credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) {
    const link = Object.assign(document.createElement('a'), { href: '/', textContent: 'Sign in' });
    place.replaceChildren(link, ' first: the description is for those with a key.');
    return;
  }
  SwaggerUI({
    spec: await response.json(),
    domNode: place,
    deepLinking: true,
    validatorUrl: null,
    docExpansion: 'none',
    filter: true,
    // The session cookie counts for a change only when the hub's own page asks.
    requestInterceptor: (request: { headers: Record<string, string> }) => {
      request.headers['X-Facet-Request'] = '1';
      return request;
    },
  });
}

void start();
