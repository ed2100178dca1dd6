"""Web Push: notices to the browsers of people who have no page open."""
