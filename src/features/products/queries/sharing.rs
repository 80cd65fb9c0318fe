//! Whom products are shared with.
use super::super::model::ProductState;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, GoalId, GroupId, ParticipationId, ProductId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A product as its owner chooses who else sees it.
#[derive(Debug)]
pub(in super::super) struct OwnProduct {
    pub(in super::super) id: ProductId,
    pub(in super::super) title: String,
    pub(in super::super) link: String,
    pub(in super::super) words: String,
    pub(in super::super) state: ProductState,
    pub(in super::super) goal_id: GoalId,
    /// The group it belongs to, while its owner does too.
    pub(in super::super) group_id: Option<GroupId>,
    pub(in super::super) with_group: bool,
    pub(in super::super) with_program: bool,
    /// The supervisor who sees it.
    pub(in super::super) supervisor: Option<String>,
}

/// The products of one person, in the order in which they were named.
pub(in super::super) async fn own(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Vec<OwnProduct>> {
    Ok(sqlx::query_as!(
        OwnProduct,
        r#"select r.id as "id: ProductId", r.title, r.link, r.words, r.state as "state: ProductState", r.goal_id as "goal_id: GoalId",
                  m.group_id as "group_id?: GroupId", r.kept_from_group_at is null as "with_group!",
                  r.shared_with_program_at is not null as "with_program!", q.supervisor_name as "supervisor?"
           from products r
           left join memberships m on m.program_id = r.program_id and m.group_id = r.group_id
                and m.participation_id = r.owner_id and m.joined_on is not null and m.left_on is null
           left join approval_requests q on q.program_id = r.program_id and q.id = r.supervisor_request_id
           where r.program_id = $1 and r.owner_id = $2 order by r.created_at, r.id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A product as everybody in the program sees it.
#[derive(Debug)]
pub(in super::super) struct SharedProduct {
    pub(in super::super) id: ProductId,
    pub(in super::super) owner_name: String,
    pub(in super::super) title: String,
    pub(in super::super) link: String,
    pub(in super::super) words: String,
    pub(in super::super) state: ProductState,
    pub(in super::super) shared_at: OffsetDateTime,
}

/// What people share with the program, the newest first, from below a product on. Whoever has finished leaves
/// theirs there; whoever left otherwise takes theirs along.
pub(in super::super) async fn shared(
    db: &mut PgConnection,
    program_id: ProgramId,
    below: Option<ProductId>,
    most: i64,
) -> Result<Vec<SharedProduct>> {
    Ok(sqlx::query_as!(
        SharedProduct,
        r#"select r.id as "id: ProductId", p.name as owner_name, r.title, r.link, r.words, r.state as "state: ProductState",
                  r.shared_with_program_at as "shared_at!"
           from products r
           join participations t on t.program_id = r.program_id and t.id = r.owner_id
           join people p on p.id = t.person_id
           where r.program_id = $1 and r.shared_with_program_at is not null
             and t.state in ('joined', 'on_hold', 'completed') and r.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
           order by r.id desc limit $3"#,
        program_id as ProgramId,
        below as Option<ProductId>,
        most
    )
    .fetch_all(db)
    .await?)
}

/// One's own product: whose it is, and which.
pub(in super::super) type Own = (ParticipationId, ProductId);

/// Lets the group see a product, or keeps it from them from now on. `false` when this person has no such product.
pub(in super::super) async fn keep_from_group(
    db: &mut PgConnection,
    program_id: ProgramId,
    (owner_id, id): Own,
    since: Option<OffsetDateTime>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update products set kept_from_group_at = case when $4::timestamptz is null then null
                                                       else coalesce(kept_from_group_at, $4) end
         where program_id = $1 and owner_id = $2 and id = $3",
        program_id as ProgramId,
        owner_id as ParticipationId,
        id as ProductId,
        since
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Shares a product with the program from now on, or takes it back. `false` when this person has no such product.
pub(in super::super) async fn share_with_program(
    db: &mut PgConnection,
    program_id: ProgramId,
    (owner_id, id): Own,
    since: Option<OffsetDateTime>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update products set shared_with_program_at = case when $4::timestamptz is null then null
                                                           else coalesce(shared_with_program_at, $4) end
         where program_id = $1 and owner_id = $2 and id = $3",
        program_id as ProgramId,
        owner_id as ParticipationId,
        id as ProductId,
        since
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the supervisor of a request sees one's own product; `None` when this person has no such product.
/// Holds the product until the transaction ends.
pub(in super::super) async fn is_shown_to(
    db: &mut PgConnection,
    program_id: ProgramId,
    (owner_id, id): Own,
    request_id: ApprovalRequestId,
) -> Result<Option<bool>> {
    Ok(sqlx::query_scalar!(
        r#"select supervisor_request_id is not distinct from $4 as "shown!" from products
           where program_id = $1 and owner_id = $2 and id = $3 for update"#,
        program_id as ProgramId,
        owner_id as ParticipationId,
        id as ProductId,
        request_id as ApprovalRequestId
    )
    .fetch_optional(db)
    .await?)
}

/// Shows a product to the supervisor of a request from now on, or takes it back. `false` when this person has no
/// such product.
pub(in super::super) async fn show_to_supervisor(
    db: &mut PgConnection,
    program_id: ProgramId,
    (owner_id, id): Own,
    to: Option<(ApprovalRequestId, OffsetDateTime)>,
) -> Result<bool> {
    let (request_id, since) = to.unzip();
    let done = sqlx::query!(
        "update products set supervisor_request_id = $4, shared_with_supervisor_at = $5
         where program_id = $1 and owner_id = $2 and id = $3",
        program_id as ProgramId,
        owner_id as ParticipationId,
        id as ProductId,
        request_id as Option<ApprovalRequestId>,
        since
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back everything that supervisors see of one person, and says by which requests they saw it.
pub(in super::super) async fn take_all_back(
    db: &mut PgConnection,
    program_id: ProgramId,
    owner_id: ParticipationId,
) -> Result<()> {
    sqlx::query!(
        "update products set supervisor_request_id = null, shared_with_supervisor_at = null
         where program_id = $1 and owner_id = $2 and supervisor_request_id is not null",
        program_id as ProgramId,
        owner_id as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every request to a supervisor that somebody made.
pub(in super::super) async fn requests(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
) -> Result<Vec<ApprovalRequestId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ApprovalRequestId" from approval_requests
           where program_id = $1 and participation_id = $2 order by asked_at, id"#,
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(db)
    .await?)
}

/// A product as a supervisor sees it.
#[derive(Debug)]
pub(crate) struct ShownProduct {
    pub(crate) id: ProductId,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) words: String,
    pub(crate) state: ProductState,
}

/// What the supervisor of a request sees now: of that peer alone, and by whichever request to the same address it
/// was shown. Whoever left without finishing took theirs along.
pub(crate) async fn shown(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
) -> Result<Vec<ShownProduct>> {
    Ok(sqlx::query_as!(
        ShownProduct,
        r#"select r.id as "id: ProductId", r.title, r.link, r.words, r.state as "state: ProductState"
           from approval_requests q
           join participations t on t.program_id = q.program_id and t.id = q.participation_id
                and t.state in ('joined', 'on_hold', 'completed')
           join approval_requests s on s.program_id = q.program_id and s.participation_id = q.participation_id
                and s.supervisor_email_folded = q.supervisor_email_folded
           join products r on r.program_id = q.program_id and r.supervisor_request_id = s.id
           where q.program_id = $1 and q.id = $2 and q.supervisor_email_folded <> ''
           order by r.shared_with_supervisor_at, r.id"#,
        program_id as ProgramId,
        request_id as ApprovalRequestId
    )
    .fetch_all(db)
    .await?)
}

/// A program whose last day is past since not long.
#[derive(Debug)]
pub(in super::super) struct Ended {
    pub(in super::super) program_id: ProgramId,
    pub(in super::super) time_zone: String,
    pub(in super::super) ends_on: Date,
}

/// Programs whose last day lies between two days, by id from one on.
pub(in super::super) async fn ended(
    db: &mut PgConnection,
    after: Option<ProgramId>,
    (from, to): (Date, Date),
) -> Result<Vec<Ended>> {
    Ok(sqlx::query_as!(
        Ended,
        r#"select id as "program_id: ProgramId", time_zone, ends_on from programs
           where state in ('active', 'closing', 'archived') and ends_on between $2 and $3 and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}

/// One request for each supervisor who sees something of a peer: the newest by which it is shown.
pub(in super::super) async fn shown_by(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<ApprovalRequestId>> {
    Ok(sqlx::query_scalar!(
        r#"select distinct on (q.participation_id, q.supervisor_email_folded) q.id as "id: ApprovalRequestId"
           from products r
           join approval_requests q on q.program_id = r.program_id and q.id = r.supervisor_request_id
           where r.program_id = $1
           order by q.participation_id, q.supervisor_email_folded, q.asked_at desc, q.id desc"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
