import * as pulumi from "@pulumi/pulumi";
import * as scalekit from "pulumi-scalekit";

const config = new pulumi.Config();

const dunder = new scalekit.Organization("dunder", {
    displayName: "Dunder Mifflin",
    externalId: "dunder",
    metadata: { tier: "gold" },
    features: { sso: true },
});

const sso = new scalekit.Connection("dunder-sso", {
    organizationId: dunder.id,
    provider: "OKTA",
    type: "OIDC",
    oidc: {
        issuer: "https://dunder.okta.com",
        clientId: "0oa1dunder",
        clientSecret: config.requireSecret("oktaSecret"),
        scopes: ["openid", "email"],
    },
    enabled: true,
});

// What Dunder's administrator registers at Okta, and where Dunder's people sign in.
export const redirectUri = sso.redirectUri;
export const signIn = scalekit.getAuthorizationUrlOutput({
    connectionId: sso.id,
    redirectUri: "https://app.example/callback",
}).url;
