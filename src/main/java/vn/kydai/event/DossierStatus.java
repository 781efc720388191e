package vn.kydai.event;

import java.util.Arrays;
import java.util.Optional;

/** The national status codes of a dossier (trạng thái hồ sơ), 1 to 10. */
public enum DossierStatus {
    /** Mới đăng ký: submitted, not yet received. */
    SUBMITTED(1),
    /** Được tiếp nhận: the clock starts. */
    RECEIVED(2),
    /** Không được tiếp nhận. */
    REFUSED(3),
    /** Đang xử lý. */
    PROCESSING(4),
    /** Yêu cầu bổ sung giấy tờ: the clock stops and will start anew. */
    SUPPLEMENT(5),
    /** Yêu cầu thực hiện nghĩa vụ tài chính: the clock stops and will go on. */
    FEE(6),
    /** Công dân yêu cầu rút hồ sơ. */
    WITHDRAWN(7),
    /** Dừng xử lý. */
    STOPPED(8),
    /** Đã xử lý xong: the outcome is fixed here. */
    DONE(9),
    /** Đã trả kết quả: the citizen has collected the result. */
    RETURNED(10);

    private final int code;

    DossierStatus(int code) {
        this.code = code;
    }

    /** Returns the national code, 1 to 10. */
    public int code() {
        return code;
    }

    /** Tells whether processing has ended (7, 8, 9, 10). */
    public boolean isEnded() {
        return code >= 7;
    }

    /** Tells whether the clock stands (5, 6). */
    public boolean isPaused() {
        return this == SUPPLEMENT || this == FEE;
    }

    /** Finds the status by its national code. */
    public static Optional<DossierStatus> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
