"""All pages about people: getting in, the own account, and those of others for administrators."""

from fastapi import APIRouter

from api.desk import account_routes, entry_routes, log_routes, oidc_routes, people_routes

router = APIRouter(include_in_schema=False)
for _module in (entry_routes, oidc_routes, account_routes, people_routes, log_routes):
    router.include_router(_module.router)
