/**
 * Whether this is the whole sweep, `npm run test:all`. What only it runs costs much, and finds what nothing else changes than the code
 * that it is about: CONTRIBUTING names each.
 */
export const whole = process.env.WHOLE === '1';
