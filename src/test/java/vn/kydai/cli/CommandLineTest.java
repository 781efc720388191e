package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serv",
                "device",
                "token",
                "user",
                "import",
                "device add",
                "import dossiers",
                "demo --at yesterday",
                "demo --scenario storm",
                "--confg x"
            })
    void wrongUsageIsTwo(String line) {
        Commands commands = new Commands(directory);

        int code = commands.run(line.split(" ", -1));

        assertEquals(2, code);
        assertEquals("", commands.out());
        assertTrue(commands.err().startsWith("kydai: "), commands::err);
    }

    @ParameterizedTest
    @CsvSource({
        "device add --area 19866 --id x --kind desk, --area: found 19866",
        "device add --area 19867 --id x --kind boat, --kind: found boat; allowed: desk, sensor, gateway",
        "token add --role operator --scope 477, --role: found operator; allowed: wall, reader",
        "user add --name Lan --role operator --scope 477, --name: found Lan; allowed: text of the pattern",
        "user add --name lan --role wall --scope 477, --role: found wall; allowed: reader, operator, commander, admin",
        "user add --name lan --role admin --scope nowhere, --scope: found nowhere",
        "token add --role wall --scope nowhere, --scope: found nowhere",
        "token add --role wall --scope 477 --days -1, --days: found -1",
        "demo --speed 0, --speed: found 0; allowed: 1 to 3600",
        "simulate --play none.ndjson, --play: found no readable file",
        "simulate --mqtt nowhere, --mqtt: found nowhere; allowed: HOST:PORT",
        "simulate --gateway gw-1, --gateway: found gw-1",
        "import dossiers none.csv --source desk-19867, FILE: found no readable file none.csv",
        "export --format csv, --format: found csv without --kind",
        "import tickets pom.xml --source desk-19867, --token-file: found none",
        "import tickets pom.xml --source desk-19867 --token-file none, --token-file: found no readable file none",
        "import readings pom.xml --source a --token-file pom.xml --url nowhere, --url: found nowhere"
    })
    void wrongValuesAreNamedWithWhatIsAllowed(String line, String message) {
        Commands commands = new Commands(directory);

        int code = commands.run(line.split(" ", -1));

        assertEquals(2, code, commands::err);
        assertEquals("", commands.out());
        assertTrue(commands.err().contains(message), commands::err);
    }

    @Test
    void aBadConfigurationIsTwoWithoutAStackTrace() throws Exception {
        // Given
        Files.writeString(directory.resolve("kydai.yaml"), "http: {prot: 8080}\n");
        Commands commands = new Commands(directory);

        // When
        int code = commands.runAsIs("serve", "--config", directory.toString(), "--data", directory.toString());

        // Then
        assertEquals(2, code);
        assertTrue(commands.err().contains("kydai.yaml:1 http.prot: unknown key"), commands::err);
        assertTrue(commands.err().lines().allMatch(line -> line.startsWith("kydai: ")), commands::err);
    }

    @Test
    void directoriesMayStandBeforeAndAfterTheCommand() {
        Commands commands = new Commands(directory);

        int before = commands.runAsIs("--config", "nowhere", "device", "add", "--area=a", "--id=b", "--kind=desk");
        String first = commands.err();
        int after = commands.runAsIs("device", "add", "--config=elsewhere", "--area=a", "--id=b", "--kind=desk");

        assertEquals(2, before);
        assertTrue(first.contains("nowhere: found no such directory"), first);
        assertEquals(2, after);
        assertTrue(commands.err().contains("elsewhere: found no such directory"), commands::err);
    }
}
