import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Deps, Env } from '#api/env.ts';
import { importOpml } from '#api/import-opml.ts';
import { json, ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { OpmlAnswer } from '#api/schema.ts';
import { writeOpml } from '#ingest/opml.ts';
import { listSources } from '#storage/source-list.ts';

const xmlTypes = ['text/x-opml', 'text/xml', 'application/xml', 'application/octet-stream'] as const;
const anyText = { schema: { type: 'string' as const } };

const postOpml = createRoute({
  ...needs('sources'),
  method: 'post',
  path: '/',
  tags: ['sources'],
  summary: 'Follow every feed of an OPML file',
  description:
    'The file itself as the body, or as `file` of a form. Lines that do not fit are told; the rest is added.',
  request: {
    body: {
      required: true,
      content: {
        ...Object.fromEntries(xmlTypes.map((type) => [type, anyText])),
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
        },
      },
    },
  },
  responses: {
    200: json('What became of each line', OpmlAnswer),
    ...problems('invalid_request', 'too_large', 'unsupported_media_type'),
  },
});
const getOpml = createRoute({
  ...needs('sources'),
  method: 'get',
  path: '/',
  tags: ['sources'],
  summary: 'Every feed as an OPML file',
  description: 'Addresses are complete, with any token they carry: keep the file to yourself.',
  responses: { 200: { description: 'The file', content: { 'text/x-opml': { schema: z.string() } } } },
});

export const opmlRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postOpml, async (c) => c.json(await importOpml(deps, await uploaded(c)), 200))
    .openapi(getOpml, async (c) => {
      const feeds = (await listSources(deps.db, 'desk')).filter(({ connector }) => connector === 'feed');
      const outlines = feeds.map(({ label, folder, settings, home_url }) => ({
        title: label,
        folder,
        xmlUrl: String(settings.url),
        htmlUrl: home_url,
      }));
      const text = writeOpml('Buitenwacht', outlines, new Date());
      return c.body(text, 200, {
        'content-type': 'text/x-opml; charset=utf-8',
        'content-disposition': 'attachment; filename="buitenwacht.opml"',
      });
    });

/** The bytes of the file, however they were sent. */
async function uploaded(c: Context<Env>): Promise<Uint8Array> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if ((xmlTypes as readonly string[]).includes(type)) return new Uint8Array(await c.req.arrayBuffer());
  if (type !== 'multipart/form-data') throw new ProblemError('unsupported_media_type');
  const form = await c.req.formData().catch((cause: unknown) => {
    throw invalid('body', cause);
  });
  const file = form.get('file');
  if (!(file instanceof File)) throw invalid('file');
  return new Uint8Array(await file.arrayBuffer());
}

const invalid = (path: string, cause?: unknown) =>
  new ProblemError('invalid_request', { wrong: [{ path, part: 'file' }] }, { cause });
