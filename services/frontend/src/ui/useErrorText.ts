import { useI18n } from "vue-i18n";
import { type ApiError, OWN_CODES } from "@/api";

/** What to tell a person about an error: the api's own sentence, or ours where it could not speak. */
export function useErrorText(): (error: ApiError) => string {
  const { t } = useI18n();
  return (error) => {
    if (error.code === OWN_CODES.network) return t("errors.network");
    if (error.code === OWN_CODES.unreadable) return t("errors.unreadable");
    return error.message;
  };
}
