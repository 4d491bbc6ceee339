import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

const part = z.string().min(1).max(16_384);

const credential = {
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
};

const attestation = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, attestationObject: part }),
});

const assertion = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, authenticatorData: part, signature: part }),
});

/** What a device answered to the making of a passkey, reduced to the parts that are checked. */
export const parseAttestation = (value: unknown): RegistrationResponseJSON | undefined =>
  attestation.safeParse(value).data;

/** What a device answered to the use of a passkey. */
export const parseAssertion = (value: unknown): AuthenticationResponseJSON | undefined =>
  assertion.safeParse(value).data;
