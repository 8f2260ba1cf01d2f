"""What is said about packages, in both languages."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "package_invalid": {
        "ko": "문제 패키지를 가져올 수 없습니다. 잘못된 곳이 {count}군데 있습니다.",
        "en": "The package cannot be imported: {count} faults.",
    },
    "package_missing": {
        "ko": "package 필드에 파일을 넣어 보내 주세요.",
        "en": "Send the package as the file of the field package.",
    },
    "package_format_unknown": {
        "ko": (
            "아는 형식의 문제 패키지가 아닙니다. Kattis, Polygon, QDUOJ, FPS, Hydro, DMOJ, CMS "
            "형식과 1.in, 1.out 같은 테스트 데이터의 zip을 읽습니다."
        ),
        "en": (
            "No known package format. Read are Kattis, Polygon, QDUOJ, FPS, Hydro, DMOJ and CMS, "
            "and zips of test data such as 1.in and 1.out."
        ),
    },
    "slug_needed": {
        "ko": "테스트 데이터만 있는 zip에는 문제 이름이 없습니다. slug를 지정하세요.",
        "en": "A zip of test data alone does not name its problem: give a slug.",
    },
    "slug_for_several": {
        "ko": "문제가 {count}개라서 slug를 하나만 지정할 수 없습니다.",
        "en": "There are {count} problems: one slug is not for several.",
    },
    "slug_invalid": {
        "ko": "주소용 이름은 영문 소문자, 숫자, 하이픈으로 된 1~64자여야 합니다.",
        "en": "A slug has 1 to 64 lower-case letters, digits and hyphens.",
    },
    "slug_taken": {
        "ko": "{slug}은(는) 이미 다른 사람의 문제가 쓰고 있습니다. 다른 slug를 지정하세요.",
        "en": "{slug} belongs to somebody else's problem. Choose another slug.",
    },
    "package.not_a_zip": {
        "ko": "zip 파일이 아니거나 손상되었거나 목록이 너무 큽니다.",
        "en": "Not a zip file, or damaged, or its directory is too large.",
    },
    "package.file_missing": {"ko": "파일이 없습니다.", "en": "The file is missing."},
    "package.damaged": {
        "ko": "파일이 손상되어 읽을 수 없습니다.",
        "en": "The file is damaged and cannot be read.",
    },
    "package.too_many_files": {
        "ko": "파일이 너무 많습니다. 최대 {limit}개입니다.",
        "en": "Too many files: at most {limit}.",
    },
    "package.file_too_large": {
        "ko": "파일이 너무 큽니다. 최대 {limit} MiB입니다.",
        "en": "The file is too large: at most {limit} MiB.",
    },
    "package.package_too_large": {
        "ko": "압축을 푼 크기가 너무 큽니다. 최대 {limit} MiB입니다.",
        "en": "The package is too large when unpacked: at most {limit} MiB.",
    },
    "package.unsafe_path": {
        "ko": "패키지 밖을 가리키거나 제어 문자가 있는 이름입니다.",
        "en": "The name points outside the package or has control characters.",
    },
    "package.name_ignored": {
        "ko": "형식에 맞지 않는 이름이라 없는 것으로 봅니다.",
        "en": "Ignored: the format does not allow this name.",
    },
    "package.names_clash": {
        "ko": "{other}와(과) 대소문자만 다르거나, 파일과 폴더의 이름이 같습니다.",
        "en": "Clashes with {other}: they differ only in case, or one is a file and one a folder.",
    },
    "package.name_twice": {
        "ko": "같은 이름이 두 번 있습니다.",
        "en": "The same name is there twice.",
    },
    "package.link_leaves": {
        "ko": "링크가 패키지 밖({target})을 가리킵니다.",
        "en": "The link leads out of the package ({target}).",
    },
    "package.link_broken": {
        "ko": "링크가 가리키는 파일({target})이 없습니다.",
        "en": "The link leads to no file ({target}).",
    },
    "package.not_a_file": {
        "ko": "일반 파일이 아닙니다.",
        "en": "Not a regular file.",
    },
    "package.encrypted": {
        "ko": "암호화된 파일은 읽지 않습니다.",
        "en": "Encrypted files are not read.",
    },
    "package.compression_unknown": {
        "ko": "deflate나 무압축만 읽습니다. 다시 압축해 주세요.",
        "en": "Only deflate and stored are read: pack it again.",
    },
    "package.text_too_large": {
        "ko": "파일이 너무 큽니다. 최대 {limit} KiB입니다.",
        "en": "The file is too large: at most {limit} KiB.",
    },
    "package.texts_too_large": {
        "ko": "지문과 프로그램을 모두 합친 크기가 너무 큽니다. 최대 {limit} MiB입니다.",
        "en": "Statements and programs together are too large: at most {limit} MiB.",
    },
    "package.not_utf8": {"ko": "UTF-8이 아닙니다.", "en": "Not UTF-8."},
    "package.has_nul": {"ko": "NUL 문자가 있습니다.", "en": "Contains a NUL character."},
    "package.has_bom": {
        "ko": "파일 첫머리의 BOM은 무시했습니다.",
        "en": "The byte order mark was ignored.",
    },
    "package.yaml_malformed": {
        "ko": "YAML을 읽을 수 없습니다: {reason}",
        "en": "The YAML cannot be read: {reason}",
    },
    "package.key_unknown": {
        "ko": "모르는 항목입니다: {key}",
        "en": "Unknown key: {key}",
    },
    "package.key_twice": {
        "ko": "같은 항목이 두 번 있습니다: {key}",
        "en": "The key is there twice: {key}",
    },
    "package.key_missing": {
        "ko": "꼭 필요한 항목이 없습니다: {key}",
        "en": "A required key is missing: {key}",
    },
    "package.key_wrong_type": {
        "ko": "{key}의 값이 맞지 않습니다. 필요한 값: {wanted}",
        "en": "{key} has a wrong value. Wanted: {wanted}.",
    },
    "package.uuid_missing": {
        "ko": "uuid가 없습니다. 2025-09 형식에서는 꼭 필요합니다.",
        "en": "There is no uuid, which the format 2025-09 requires.",
    },
    "package.draft_format": {
        "ko": "초안 형식({version})입니다. 2025-09와 같은 뜻으로 읽었습니다.",
        "en": "A draft of the format ({version}), read as 2025-09 where they agree.",
    },
    "package.not_supported": {
        "ko": "아직 지원하지 않습니다: {feature}. 틀리게 채점하지 않도록 거절했습니다.",
        "en": "Not supported yet: {feature}. Refused rather than judged wrongly.",
    },
    "package.flag_unknown": {
        "ko": "모르는 검사 옵션입니다: {flag}",
        "en": "Unknown validator flag: {flag}",
    },
    "package.flag_twice": {
        "ko": "허용 오차가 두 번 주어졌습니다: {flag}",
        "en": "A tolerance is given twice: {flag}",
    },
    "package.flag_wrong_value": {
        "ko": "{flag} 뒤에는 0 이상의 수가 와야 합니다. 받은 값: {value}",
        "en": "{flag} needs a number of at least 0, not “{value}”.",
    },
    "package.flags_conflict": {
        "ko": "validator_flags와 data의 검사 옵션이 서로 다릅니다.",
        "en": "validator_flags and the flags in data say different things.",
    },
    "package.no_statement": {
        "ko": "지문이 없습니다. statement/problem.ko.md 같은 파일을 넣으세요.",
        "en": "There is no statement: add a file such as statement/problem.en.md.",
    },
    "package.names_differ": {
        "ko": "name의 언어({named})와 지문의 언어({written})가 다릅니다.",
        "en": "The languages of name ({named}) are not those of the statements ({written}).",
    },
    "package.statement_pdf": {
        "ko": "PDF 지문은 아직 보여 주지 못합니다.",
        "en": "PDF statements are not shown yet.",
    },
    "package.statement_tex": {
        "ko": "LaTeX 지문을 간단히 옮겼습니다. 모양을 확인해 주세요.",
        "en": "The LaTeX statement was converted minimally: check how it looks.",
    },
    "package.images_ignored": {
        "ko": "지문의 그림은 아직 보여 주지 못합니다.",
        "en": "Images in statements are not shown yet.",
    },
    "package.no_test_cases": {
        "ko": "테스트가 없습니다. data/secret에 .in과 .ans 파일을 넣으세요.",
        "en": "There are no test cases: put .in and .ans files into data/secret.",
    },
    "package.no_secret_cases": {
        "ko": "예제뿐이고 비공개 테스트가 없습니다.",
        "en": "There are samples only, no secret test cases.",
    },
    "package.too_many_cases": {
        "ko": "테스트가 너무 많습니다. 최대 {limit}개입니다.",
        "en": "Too many test cases: at most {limit}.",
    },
    "package.answer_missing": {
        "ko": "답 파일 {answer}가 없습니다.",
        "en": "The answer {answer} is missing.",
    },
    "package.input_missing": {
        "ko": "입력 파일 {input}이 없습니다.",
        "en": "The input {input} is missing.",
    },
    "package.groups_mixed": {
        "ko": "data/secret에는 테스트 그룹과 낱개 테스트를 함께 둘 수 없습니다.",
        "en": "data/secret may hold test groups or loose test cases, not both.",
    },
    "package.display_ignored": {
        "ko": "예제를 다르게 보여 주는 파일은 아직 쓰지 않습니다.",
        "en": "Files that show a sample differently are not used yet.",
    },
    "package.data_file_ignored": {
        "ko": "무엇에 쓰는 파일인지 몰라 무시했습니다.",
        "en": "Ignored: no known kind of test data file.",
    },
    "package.submissions_yaml_ignored": {
        "ko": "submissions.yaml은 아직 읽지 않고 폴더 이름만 봅니다.",
        "en": "submissions.yaml is not read yet: only the folders' names count.",
    },
    "package.too_many_programs": {
        "ko": "제출 예시가 너무 많습니다. 최대 {limit}개입니다.",
        "en": "Too many jury programs: at most {limit}.",
    },
    "package.expectation_unknown": {
        "ko": "폴더 이름 {folder}이(가) 뜻하는 결과를 모릅니다.",
        "en": "No verdict is known for the folder {folder}.",
    },
    "package.no_accepted_program": {
        "ko": "맞는 풀이(submissions/accepted)가 없습니다.",
        "en": "There is no accepted jury program.",
    },
    "package.program_of_several_files": {
        "ko": "여러 파일로 된 풀이는 아직 가져오지 않습니다.",
        "en": "Jury programs of several files are not imported yet.",
    },
    "package.program_language_unknown": {
        "ko": "언어를 알 수 없어 가져오지 않았습니다.",
        "en": "Not imported: the language is unknown.",
    },
    "package.validators_unused": {
        "ko": "validation이 default라서 출력 검사기를 쓰지 않습니다.",
        "en": "Not used, since validation is default.",
    },
    "package.input_validators_not_run": {
        "ko": "입력 검사기는 아직 실행하지 않습니다.",
        "en": "Input validators are not run yet.",
    },
    "package.time_limit_not_inferred": {
        "ko": "시간 제한이 적혀 있지 않아 {default}초로 했습니다.",
        "en": "No time limit is stated: {default} s was taken.",
    },
    "package.xml_malformed": {
        "ko": "XML을 읽을 수 없습니다: {reason}",
        "en": "The XML cannot be read: {reason}",
    },
    "package.xml_dtd": {
        "ko": "문서 안에 DTD나 엔티티를 정의한 XML은 읽지 않습니다.",
        "en": "XML that declares a DTD or entities of its own is not read.",
    },
    "package.xml_too_deep": {
        "ko": "XML이 너무 깊거나 요소가 너무 많습니다.",
        "en": "The XML is nested too deeply or has too many elements.",
    },
    "package.json_malformed": {
        "ko": "JSON을 읽을 수 없습니다: {reason}",
        "en": "The JSON cannot be read: {reason}",
    },
    "package.element_missing": {
        "ko": "꼭 필요한 요소가 없습니다: {element}",
        "en": "A required element is missing: {element}",
    },
    "package.key_ignored": {
        "ko": "모르는 항목이라 무시했습니다: {key}",
        "en": "Ignored, since it is unknown: {key}",
    },
    "package.unit_unknown": {
        "ko": "{key}의 단위를 모릅니다: {unit}",
        "en": "{key} has an unknown unit: {unit}",
    },
    "package.version_unknown": {
        "ko": "모르는 버전입니다: {version}. 아는 만큼 읽었습니다.",
        "en": "Unknown version {version}: read as far as it is known.",
    },
    "package.language_unknown": {
        "ko": "지문의 언어를 몰라 가져오지 않았습니다: {language}",
        "en": "Not imported: unknown language of a statement: {language}",
    },
    "package.no_items": {
        "ko": "문제(item)가 하나도 없습니다.",
        "en": "There is no item in it.",
    },
    "package.too_many_problems": {
        "ko": "문제가 너무 많습니다. 한 번에 최대 {limit}개입니다.",
        "en": "Too many problems: at most {limit} at a time.",
    },
    "package.statement_empty": {
        "ko": "지문이 비어 있습니다. 문제 페이지에서 써 주세요.",
        "en": "The statement is empty: write one on the problem's page.",
    },
    "package.template_ignored": {
        "ko": "코드 템플릿은 가져오지 않았습니다.",
        "en": "Code templates are not imported.",
    },
    "package.attachments_ignored": {
        "ko": "첨부 파일은 아직 가져오지 않습니다.",
        "en": "Attachments are not imported yet.",
    },
    "package.points_ignored": {
        "ko": "점수는 쓰지 않습니다. 모든 테스트를 통과해야 맞은 것으로 봅니다.",
        "en": "Points are not used: a submission is accepted when it passes every test.",
    },
    "package.line_breaks_not_compared": {
        "ko": "줄바꿈과 띄어쓰기는 비교하지 않고 단어만 비교합니다.",
        "en": "Words are compared; line breaks and spaces between them are not.",
    },
    "package.no_tests_found": {
        "ko": "테스트를 찾지 못했습니다.",
        "en": "No test cases were found.",
    },
    "package.case_twice": {
        "ko": "같은 테스트가 두 번 있습니다: {name}",
        "en": "The test case is there twice: {name}",
    },
    "package.file_unused": {
        "ko": "입력도 답도 아니라서 무시했습니다.",
        "en": "Ignored: neither an input nor an answer.",
    },
    "package.input_unpaired": {
        "ko": "이 입력에 맞는 답 파일이 없습니다.",
        "en": "There is no answer for this input.",
    },
    "package.answer_unpaired": {
        "ko": "이 답에 맞는 입력 파일이 없습니다.",
        "en": "There is no input for this answer.",
    },
    "package.pair_twice": {
        "ko": "{other}와(과) 같은 테스트의 파일로 보입니다.",
        "en": "Seems to be of the same test case as {other}.",
    },
    "package.listed_file_missing": {
        "ko": "적혀 있는 파일이 없습니다: {path}",
        "en": "The file named here is missing: {path}",
    },
    "package.archive_missing": {
        "ko": "{path}이(가) 없어서 옆에 있는 파일을 읽었습니다.",
        "en": "{path} is missing: the files beside init.yml were read.",
    },
    "package.test_not_in_package": {
        "ko": "테스트 파일이 없습니다. Polygon에서 완전한(full) 패키지를 받아 주세요.",
        "en": "The test's file is missing: download the full package from Polygon.",
    },
    "package.testset_ignored": {
        "ko": "testset {name}은(는) 가져오지 않았습니다.",
        "en": "The testset {name} was not imported.",
    },
    "package.test_count_differs": {
        "ko": "테스트가 {stated}개라고 적혀 있는데 {found}개가 있습니다.",
        "en": "{stated} test cases are stated, {found} are there.",
    },
    "package.tests_alternate": {
        "ko": "test_input에 입력과 답이 번갈아 있는 것으로 읽었습니다.",
        "en": "Read with inputs and answers in turn within test_input.",
    },
    "package.tests_uneven": {
        "ko": "입력은 {inputs}개, 답은 {outputs}개라서 짝이 맞지 않습니다.",
        "en": "There are {inputs} inputs but {outputs} answers.",
    },
    "package.more_faults": {
        "ko": "이 밖에 {count}개가 더 있습니다.",
        "en": "There are {count} more.",
    },
}
