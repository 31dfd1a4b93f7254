export type { Certificate, CertificateFile, CertificateReader } from './certificate.ts';
export { PUBLIC_ROOTS, PUBLIC_ROOTS_FROM } from './public-roots.ts';
