package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a dossier (hồ sơ thủ tục hành chính).
 *
 * @param dossier its code (mã hồ sơ), Thông tư 01/2018/TT-VPCP Điều 19
 * @param procedure code of the administrative procedure (thủ tục hành chính), with or without the provincial tail
 * @param status the national status it entered
 * @param channel how it was handed in
 * @param counter the counter (quầy) that handled the step
 * @param submittedAt when the citizen submitted it
 * @param receivedAt when the desk received it (tiếp nhận); stating it is a reception
 * @param dueAt when the result was promised (hạn trả); computed from the procedure when absent
 * @param promisedAt the new date of a letter of apology (phiếu xin lỗi); never turns late into on time
 * @param decidingArea the area that decides, when it is not the receiving one
 * @param pausedBy why the clock stands: {@code supplement}, {@code fee} or {@code agency}
 * @param paidOnline whether the fee was paid online
 * @param digitised whether its components were digitised on receipt (số hóa)
 * @param fee the fee in VND
 */
public record Dossier(
        String dossier,
        String procedure,
        DossierStatus status,
        Channel channel,
        @Nullable String counter,
        @Nullable Instant submittedAt,
        @Nullable Instant receivedAt,
        @Nullable Instant dueAt,
        @Nullable Instant promisedAt,
        @Nullable String decidingArea,
        @Nullable String pausedBy,
        @Nullable Boolean paidOnline,
        @Nullable Boolean digitised,
        @Nullable Double fee)
        implements Data {
    /** How a dossier is handed in. */
    public enum Channel {
        COUNTER,
        ONLINE,
        POST
    }

    public Dossier {
        requireNonNull(dossier, "dossier is null");
        requireNonNull(procedure, "procedure is null");
        requireNonNull(status, "status is null");
        requireNonNull(channel, "channel is null");
    }

    @Override
    public Kind kind() {
        return Kind.DOSSIER;
    }
}
