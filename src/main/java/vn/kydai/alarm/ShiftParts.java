package vn.kydai.alarm;

import io.vertx.sqlclient.SqlClient;
import java.util.function.Supplier;
import vn.kydai.access.People;
import vn.kydai.registry.Roster;

/**
 * What shifts are made of.
 *
 * @param roster gives who is on duty when
 * @param sql pool of the product's database: the journal is read with it
 */
public record ShiftParts(People people, Supplier<Roster> roster, SqlClient sql) {}
