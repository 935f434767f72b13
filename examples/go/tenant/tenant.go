// Package tenant declares one customer.
package tenant

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/pulumi-scalekit/pulumi-scalekit/sdk/go/scalekit"
)

// Provision declares Acme, with its single sign-on.
func Provision(ctx *pulumi.Context) error {
	acme, err := scalekit.NewOrganization(ctx, "acme", &scalekit.OrganizationArgs{
		DisplayName: pulumi.String("Acme Inc"),
		ExternalId:  pulumi.String("acme"),
		Metadata:    pulumi.StringMap{"tier": pulumi.String("gold")},
		Features:    pulumi.BoolMap{"sso": pulumi.Bool(true)},
	})
	if err != nil {
		return err
	}

	sso, err := scalekit.NewConnection(ctx, "acme-sso", &scalekit.ConnectionArgs{
		OrganizationId: acme.ID(),
		Provider:       scalekit.ConnectionProviderOkta,
		Type:           scalekit.ConnectionTypeOidc,
		Oidc: scalekit.OidcArgs{
			Issuer:       pulumi.String("https://acme.okta.com"),
			ClientId:     pulumi.String("0oa1acme"),
			ClientSecret: config.New(ctx, "").RequireSecret("oktaSecret"),
			Scopes:       scalekit.OidcScopesArray{scalekit.OidcScopesOpenid, scalekit.OidcScopesEmail},
		},
		Enabled: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}

	// What Acme's administrator registers at Okta, and where Acme's people sign in.
	signIn := scalekit.GetAuthorizationUrlOutput(ctx, scalekit.GetAuthorizationUrlOutputArgs{
		ConnectionId: sso.ID(),
		RedirectUri:  pulumi.String("https://app.example/callback"),
	})
	ctx.Export("redirectUri", sso.RedirectUri)
	ctx.Export("signIn", signIn.Url())
	return nil
}
