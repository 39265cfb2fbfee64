"""What a project is about and whom it serves: the partnership's topics and problems, practical subjects, groups."""

from enum import StrEnum


class Topic(StrEnum):
    """The two topics of the Cities of Equality partnership (Orientation Paper 2024, sections 3.1 and 3.2)."""

    SPATIAL_SEGREGATION = "spatial_segregation"
    ENGAGED_COMMUNITIES = "engaged_communities"


class Theme(StrEnum):
    """Specific problems under the two topics (Orientation Paper 2024, sections 3.1.1, 3.2 and 3.2.1)."""

    # 3.1.1, topic 1: tackling spatial segregation at city and neighbourhood level
    SOCIAL_SPATIAL_SEGREGATION = "social_spatial_segregation"
    DATA_BIAS = "data_bias"
    MULTILEVEL_COOPERATION = "multilevel_cooperation"
    POLICY_FRAGMENTATION = "policy_fragmentation"
    NEGATIVE_EXTERNALITIES = "negative_externalities"
    NEIGHBOURHOOD_DATA = "neighbourhood_data"
    # 3.2.1, topic 2: engaging communities for fair and open access to services
    UNEQUAL_PARTICIPATION = "unequal_participation"
    LIMITED_CODESIGN = "limited_codesign"
    SERVICE_ACCESSIBILITY = "service_accessibility"
    INEFFECTIVE_ANTIDISCRIMINATION = "ineffective_antidiscrimination"
    JUSTICE_FUNDING_GAP = "justice_funding_gap"
    UNFAIR_GREEN_POLICY = "unfair_green_policy"
    # 3.2, sub-themes that the partners added
    INCLUSIVE_LABOUR_MARKETS = "inclusive_labour_markets"
    ENVIRONMENTAL_JUSTICE = "environmental_justice"


class Subject(StrEnum):
    """Practical subjects of local equality work; finer than the themes and shared by calls and practices."""

    HOUSING = "housing"
    HOMELESSNESS = "homelessness"
    URBAN_REGENERATION = "urban_regeneration"
    PUBLIC_SPACE = "public_space"
    EARLY_CHILDHOOD = "early_childhood"
    EDUCATION = "education"
    SKILLS_AND_JOBS = "skills_and_jobs"
    SOCIAL_ECONOMY = "social_economy"
    SOCIAL_SERVICES = "social_services"
    HEALTH_AND_CARE = "health_and_care"
    MIGRANT_INTEGRATION = "migrant_integration"
    ROMA_INCLUSION = "roma_inclusion"
    GENDER_EQUALITY = "gender_equality"
    GENDER_BASED_VIOLENCE = "gender_based_violence"
    LGBTIQ_RIGHTS = "lgbtiq_rights"
    DISABILITY_ACCESS = "disability_access"
    ANTI_RACISM = "anti_racism"
    CIVIC_PARTICIPATION = "civic_participation"
    CULTURE_AND_MEMORY = "culture_and_memory"
    YOUTH_WORK = "youth_work"
    ACTIVE_AGEING = "active_ageing"
    ENERGY_AND_CLIMATE = "energy_and_climate"
    MOBILITY = "mobility"
    DIGITAL_INCLUSION = "digital_inclusion"
    SAFETY = "safety"
    TOWN_PARTNERSHIPS = "town_partnerships"
    CAPACITY_BUILDING = "capacity_building"
    RESEARCH_AND_INNOVATION = "research_and_innovation"


class TargetGroup(StrEnum):
    """People whom a project serves; a project can carry several (intersectionality)."""

    WOMEN = "women"
    ROMA = "roma"
    MIGRANTS = "migrants"
    REFUGEES = "refugees"
    PERSONS_WITH_DISABILITIES = "persons_with_disabilities"
    LGBTIQ = "lgbtiq"
    CHILDREN = "children"
    YOUTH = "youth"
    OLDER_PEOPLE = "older_people"
    RACIALISED_MINORITIES = "racialised_minorities"
    RELIGIOUS_MINORITIES = "religious_minorities"
    HOMELESS = "homeless"
    LOW_INCOME = "low_income"
    UNEMPLOYED = "unemployed"
    SINGLE_PARENTS = "single_parents"
    CARERS = "carers"
    VICTIMS_OF_VIOLENCE = "victims_of_violence"
    DEPRIVED_NEIGHBOURHOODS = "deprived_neighbourhoods"
    GENERAL_PUBLIC = "general_public"
