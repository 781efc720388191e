package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Procedures.TimeUnit;

class ImportProceduresTest {
    @TempDir
    private Path directory = Path.of("");

    private final Commands commands = new Commands(Path.of("data"));

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        for (String name : new String[] {"areas", "procedures", "calendar", "thresholds", "sources"}) {
            Files.copy(Path.of("config", name + ".yaml"), directory.resolve(name + ".yaml"));
        }
    }

    @Test
    void aNationalListBecomesProceduresAndTheOthersStay() throws IOException {
        int before = procedures().size();
        int code = imported("""
                Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Thời hạn giải quyết;Mức độ;Cấp thực hiện
                1.001193.000.00.00.H57;Đăng ký khai sinh;Hộ tịch;Trong ngày;Toàn trình;Cấp xã
                1.009999;Cấp giấy phép mới;Xây dựng;12 ngày làm việc;Một phần;Cấp tỉnh
                1.009998;"Thủ tục ""lạ"": thử";Mẫu;4 giờ làm việc;;
                """);

        assertEquals(0, code, commands.err());
        assertEquals(before + 2, procedures().size());
        Procedure birth = procedures().find("1.001193").orElseThrow();
        assertEquals(TimeUnit.SAME_DAY, birth.unit());
        assertEquals("commune", birth.level());
        assertEquals("Birth registration", birth.nameEn(), "the file says nothing of it");
        Procedure permit =
                procedures().find("1.009999", LocalDate.of(2026, 1, 1)).orElseThrow();
        assertEquals(TimeUnit.WORKING_DAYS, permit.unit());
        assertEquals(12, permit.time());
        assertEquals("partial", permit.online());
        assertEquals(
                "Thủ tục \"lạ\": thử",
                procedures().find("1.009998").orElseThrow().name());
        assertTrue(procedures().find("1.004222").isPresent());
        assertTrue(Files.exists(directory.resolve("procedures.yaml.before")));
        assertTrue(commands.out().startsWith("3 procedures taken"), commands.out());
    }

    @Test
    void takenTwiceChangesNothing() throws IOException {
        String csv = "code,name,field,time,unit\n1.009999,A,B,5,workingDays\n";
        assertEquals(0, imported(csv));
        String once = Files.readString(directory.resolve("procedures.yaml"));
        assertEquals(0, imported(csv));
        assertEquals(once, Files.readString(directory.resolve("procedures.yaml")));
    }

    @Test
    void aWrongLineIsNamedAndNothingIsTaken() throws IOException {
        String before = Files.readString(directory.resolve("procedures.yaml"));
        int code = imported("""
                code,name,field,time
                1.009999,A,B,5 ngày làm việc
                1.009998,,B,5 ngày làm việc
                1.009997,A,B,bao giờ xong thì xong
                """);

        assertEquals(2, code);
        assertTrue(commands.err().contains("line 3: name is empty"), commands.err());
        assertTrue(commands.err().contains("line 4: time is not like"), commands.err());
        assertEquals(before, Files.readString(directory.resolve("procedures.yaml")));
        assertEquals(2, imported("x,y\n1,2\n"));
    }

    private Procedures procedures() {
        return Parts.load(directory).registry().procedures();
    }

    private int imported(String csv) throws IOException {
        Path file = directory.resolve("list.csv");
        Files.writeString(file, csv);
        return commands.runAsIs("import", "procedures", file.toString(), "--config", directory.toString());
    }
}
