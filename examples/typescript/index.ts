import * as pulumi from "@pulumi/pulumi";
import * as scalekit from "pulumi-scalekit";

const config = new pulumi.Config();

const acme = new scalekit.Organization("acme", {
    displayName: "Acme Inc",
    externalId: "acme",
    metadata: { tier: "gold" },
    features: { sso: true },
});

const sso = new scalekit.Connection("acme-sso", {
    organizationId: acme.id,
    provider: "OKTA",
    type: "OIDC",
    oidc: {
        issuer: "https://acme.okta.com",
        clientId: "0oa1acme",
        clientSecret: config.requireSecret("oktaSecret"),
        scopes: ["openid", "email"],
    },
    enabled: true,
});

// What Acme's administrator registers at Okta, and where Acme's people sign in.
export const redirectUri = sso.redirectUri;
export const signIn = scalekit.getAuthorizationUrlOutput({
    connectionId: sso.id,
    redirectUri: "https://app.example/callback",
}).url;
