package io.facet.hub.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.AtRest;
import io.facet.crypto.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/** Looks into the embedded database of a running hub, past the hub. */
public final class HubDatabase {
    private HubDatabase() {}

    /** A connection as the hub itself has them. */
    public static Connection of(Path data) throws SQLException, IOException {
        int port =
                JsonMapper.builder()
                        .build()
                        .readTree(data.resolve("ports.json").toFile())
                        .path("postgres")
                        .asInt();
        byte[] secret = KeyFile.read(data.resolve("postgres/password")).orElseThrow();
        String password = HexFormat.of().formatHex(AtRest.derive(secret, "postgres/role"));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/facet", "facet", password);
    }
}
