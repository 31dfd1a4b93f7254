/** What a certificate says, as the X.509 library of the caller has it: core has none. */
export interface Certificate {
  /** What people call its owner: the common name, else unit or organisation. As it stands there. */
  readonly name: string;
  /** Upper case, without colons. */
  readonly sha256: string;
  /** The last day on which it is valid, `YYYY-MM-DD` in UTC. */
  readonly until: string;
  /** It may issue certificates (basicConstraints). */
  readonly isCa: boolean;
  /** It is issued by itself. */
  readonly isSelfSigned: boolean;
  /** Anybody can get a certificate from it: it is in the list of public roots. */
  readonly isPublic: boolean;
}

/** A file of certificates, or a text of them. */
export type CertificateFile =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'read';
      readonly certificates: readonly Certificate[];
      /** What is wrong with it, a clause each, in the program's own words: "holds no certificate in PEM". */
      readonly problems: readonly string[];
      readonly hasKey: boolean;
      /** Git does not take it in: what is in it is nobody else's business. */
      readonly isIgnored: boolean;
    };

/** Reads certificates for a scan; the caller brings it. Must not throw. */
export interface CertificateReader {
  /** A file as a connection names it; `null` where that place is not in the repository, or something else decides it. */
  readonly file: (path: string) => CertificateFile | null;
  /** Certificates that stand in a configuration. */
  readonly text: (pem: string) => CertificateFile;
}
