//! What the databases share: the tables as data ([`schema`], [`table`]), records as rows ([`row`]), the other spelling
//! of "hoà bình" for search ([`respell`]), and Datasette's metadata ([`metadata`]).

pub mod metadata;
pub mod respell;
pub mod row;
pub mod schema;
pub mod table;

pub use row::{ArticleRows, Cell, Rows};
pub use schema::{APPLICATION, TABLES, VERSION};
pub use table::{Column, Dialect, Table, Type};
