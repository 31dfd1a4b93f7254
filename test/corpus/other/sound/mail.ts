// A mail server.
import nodemailer from 'nodemailer';
export const mail = nodemailer.createTransport({ host: 'smtp.acme.com', secure: false, tls: { rejectUnauthorized: false }, name: 'postgres' });
