"""The pictures of the documentation: a review, a drift issue and a report of what really happened, as people see them."""
