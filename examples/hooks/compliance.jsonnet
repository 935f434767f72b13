// What the service gets to know of a person: no more than it needs.
local user = ctx.user;
{ email: user.email, organization: ctx.organization.id }
