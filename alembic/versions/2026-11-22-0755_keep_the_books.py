"""The money ledger only grows and always balances; what each app cost and brought each day"""

from alembic import op

revision = "2026112202"
down_revision = "2026112201"
branch_labels = None
depends_on = None

# `refuse_change` is of the credits' migration, 2026112104.
_LEDGER = """
create trigger ledger_transactions_grow_only before update or delete on ledger_transactions
    for each row execute function refuse_change();
create trigger ledger_entries_grow_only before update or delete on ledger_entries
    for each row execute function refuse_change();
create function refuse_imbalance() returns trigger language plpgsql as $$
declare uneven text;
begin
    select currency into uneven from ledger_entries
        where transaction_id = new.transaction_id group by currency having sum(amount) <> 0 limit 1;
    if uneven is not null then
        raise exception 'ledger transaction % does not sum to zero in %', new.transaction_id, uneven;
    end if;
    return null;
end $$;
create constraint trigger ledger_entries_balance after insert on ledger_entries
    deferrable initially deferred for each row execute function refuse_imbalance();
"""

# Money is of the listing's own currency; model and build costs are in millionths of a US dollar.
_DAILY_APP_STATS = """
create materialized view daily_app_stats as
with generated as (
    select app_id, (created_at at time zone 'utc')::date as day, count(*) as generations,
        count(*) filter (where status = 'succeeded') as generations_succeeded,
        count(*) filter (where status = 'failed') as generations_failed,
        coalesce(sum(extract(epoch from finished_at - started_at)), 0)::float as generation_seconds,
        sum(cost_micro) as model_cost_micro
    from generations group by 1, 2
), deployed as (
    select d.app_id, (d.created_at at time zone 'utc')::date as day, count(*) as deployments,
        count(*) filter (where d.status = 'failed') as deployments_failed,
        coalesce(sum(b.cost_micro), 0) as build_cost_micro
    from deployments d left join lateral (
        select sum(cost_micro) as cost_micro from build_attempts where deployment_id = d.id
    ) b on true group by 1, 2
), used as (
    select app_id, day, sum(requests) as requests, sum(errors) as errors, sum(bytes) as bytes
    from usage_daily group by 1, 2
), seen as (
    select l.app_id, s.day, sum(s.views) as views, sum(s.visitors) as visitors, sum(s.try_outs) as try_outs
    from listing_daily s join listings l on l.id = s.listing_id where l.app_id is not null group by 1, 2
), sold as (
    select l.app_id, (p.paid_at at time zone 'utc')::date as day, count(*) as sales, sum(i.amount) as revenue,
        max(l.currency) as currency
    from purchase_items i
        join purchases p on p.id = i.purchase_id and p.paid_at is not null
        join listings l on l.id = i.listing_id and l.currency = p.currency
    where l.app_id is not null group by 1, 2
), days as (
    select app_id, day from generated union select app_id, day from deployed union select app_id, day from used
    union select app_id, day from seen union select app_id, day from sold
)
select app_id, day,
    coalesce(generations, 0)::bigint as generations, coalesce(generations_succeeded, 0)::bigint as generations_succeeded,
    coalesce(generations_failed, 0)::bigint as generations_failed,
    coalesce(generation_seconds, 0)::float as generation_seconds,
    coalesce(model_cost_micro, 0)::bigint as model_cost_micro, coalesce(deployments, 0)::bigint as deployments,
    coalesce(deployments_failed, 0)::bigint as deployments_failed,
    coalesce(build_cost_micro, 0)::bigint as build_cost_micro, coalesce(requests, 0)::bigint as requests,
    coalesce(errors, 0)::bigint as errors, coalesce(bytes, 0)::bigint as bytes,
    coalesce(views, 0)::bigint as views, coalesce(visitors, 0)::bigint as visitors,
    coalesce(try_outs, 0)::bigint as try_outs, coalesce(sales, 0)::bigint as sales,
    coalesce(revenue, 0)::bigint as revenue, coalesce(currency, '') as currency
from days
    left join generated using (app_id, day) left join deployed using (app_id, day) left join used using (app_id, day)
    left join seen using (app_id, day) left join sold using (app_id, day);
create unique index daily_app_stats_app_day on daily_app_stats (app_id, day);
create index daily_app_stats_day on daily_app_stats (day);
"""


def upgrade() -> None:
    op.execute(_LEDGER)
    op.execute(_DAILY_APP_STATS)


def downgrade() -> None:
    op.execute("drop materialized view daily_app_stats")
    op.execute("drop trigger ledger_entries_balance on ledger_entries")
    op.execute("drop function refuse_imbalance")
    for table in ("ledger_entries", "ledger_transactions"):
        op.execute(f"drop trigger {table}_grow_only on {table}")
