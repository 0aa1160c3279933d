// The least that could stand in our place: a web server with one answer.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono().get('/health/ready', (c) => c.json({ status: 'ready' }));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
