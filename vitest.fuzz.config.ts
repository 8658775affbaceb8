import { defineConfig } from 'vitest/config';

/** A million lying traces: `npm run fuzz`. */
export default defineConfig({ test: { include: ['test/fuzz/**/*.test.ts'] } });
