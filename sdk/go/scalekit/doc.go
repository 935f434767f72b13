// B2B tenants and their enterprise single sign-on at Scalekit, declared in code.
package scalekit
