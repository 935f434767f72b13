// Package tenant declares one customer.
package tenant

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/pulumi-scalekit/pulumi-scalekit/sdk/go/scalekit"
)

// Provision declares Bluth, with its single sign-on.
func Provision(ctx *pulumi.Context) error {
	bluth, err := scalekit.NewOrganization(ctx, "bluth", &scalekit.OrganizationArgs{
		DisplayName: pulumi.String("Bluth Company"),
		ExternalId:  pulumi.String("bluth"),
		Metadata:    pulumi.StringMap{"tier": pulumi.String("gold")},
		Features:    pulumi.BoolMap{"sso": pulumi.Bool(true)},
	})
	if err != nil {
		return err
	}

	sso, err := scalekit.NewConnection(ctx, "bluth-sso", &scalekit.ConnectionArgs{
		OrganizationId: bluth.ID(),
		Provider:       scalekit.ConnectionProviderOkta,
		Type:           scalekit.ConnectionTypeOidc,
		Oidc: scalekit.OidcArgs{
			Issuer:       pulumi.String("https://bluth.okta.com"),
			ClientId:     pulumi.String("0oa1bluth"),
			ClientSecret: config.New(ctx, "").RequireSecret("oktaSecret"),
			Scopes:       scalekit.OidcScopesArray{scalekit.OidcScopesOpenid, scalekit.OidcScopesEmail},
		},
		Enabled: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}

	// What Bluth's administrator registers at Okta, and where Bluth's people sign in.
	signIn := scalekit.GetAuthorizationUrlOutput(ctx, scalekit.GetAuthorizationUrlOutputArgs{
		ConnectionId: sso.ID(),
		RedirectUri:  pulumi.String("https://app.example/callback"),
	})
	ctx.Export("redirectUri", sso.RedirectUri)
	ctx.Export("signIn", signIn.Url())
	return nil
}
